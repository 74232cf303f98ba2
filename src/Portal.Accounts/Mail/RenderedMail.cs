namespace Portal.Accounts.Mail;

/// <summary>A mail in words.</summary>
/// <param name="Subject">A single line; control characters are taken out before sending.</param>
/// <param name="Text">The whole mail as plain text.</param>
/// <param name="Html">The whole mail as an HTML document.</param>
public sealed record RenderedMail(string Subject, string Text, string Html);
