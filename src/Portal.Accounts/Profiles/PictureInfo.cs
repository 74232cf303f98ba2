namespace Portal.Accounts.Profiles;

/// <summary>A picture, as the portal encoded it.</summary>
/// <param name="Content">The encoded image.</param>
/// <param name="ContentType">Its media type.</param>
public sealed record PictureInfo(ReadOnlyMemory<byte> Content, string ContentType);
