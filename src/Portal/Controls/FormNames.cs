namespace Portal.Controls;

/// <summary>How the name of a form field becomes the id that labels, errors and links point to.</summary>
internal static class FormNames
{
    public static string Id(string name) => name.Replace('.', '_').Replace('[', '_').Replace(']', '_');
}
