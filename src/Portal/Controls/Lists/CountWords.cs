using System.Globalization;
using Portal.Accounts;

namespace Portal.Controls.Lists;

/// <summary>How many, as chips and choices say it.</summary>
public static class CountWords
{
    /// <summary>Behind a plus where counting ended before all were counted.</summary>
    public static string Of(ListTotal total) => total.Count.ToString("N0", CultureInfo.CurrentCulture) + (total.IsExact ? "" : "+");
}
