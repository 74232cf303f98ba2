namespace Portal.Api;

/// <summary>It was done; a sentence for people says what.</summary>
internal sealed record MessageAnswer(string Message);
