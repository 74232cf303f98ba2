namespace Portal.Accounts;

/// <summary>What is wrong with one thing somebody typed.</summary>
/// <param name="Field">The input's name: Email, UserName, Password, Captcha.</param>
/// <param name="Message">A sentence that says what to do.</param>
public sealed record FieldError(string Field, string Message)
{
    /// <summary>Whether it is fine as such, but another has it already.</summary>
    public bool IsTaken { get; init; }
}
