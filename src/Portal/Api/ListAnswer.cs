namespace Portal.Api;

/// <summary>All there are.</summary>
/// <param name="Total">How many.</param>
/// <param name="Results">Each of them.</param>
internal sealed record ListAnswer<T>(int Total, IReadOnlyList<T> Results) : IExample
    where T : IExample
{
    public static object Example => new ListAnswer<T>(1, [(T)T.Example]);
}
