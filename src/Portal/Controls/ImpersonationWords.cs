namespace Portal.Controls;

/// <summary>What is said to an administrator who acts as somebody else.</summary>
internal static class ImpersonationWords
{
    public const string Refused = "You act as this person. Only they can do this; go back to your own account first.";
}
