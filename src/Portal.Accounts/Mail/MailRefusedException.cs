namespace Portal.Accounts.Mail;

/// <summary>A message will never be taken, whenever it is tried: its recipient does not exist, say.</summary>
/// <param name="message">Why, in a line that the outbox keeps and operators read.</param>
/// <param name="innerException">What was caught; null when there is nothing.</param>
public sealed class MailRefusedException(string message, Exception? innerException = null) : Exception(message, innerException);
