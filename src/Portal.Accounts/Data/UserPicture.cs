namespace Portal.Accounts.Data;

/// <summary>A person's picture, as the portal encoded it: square, without metadata. A table of its own, read only when the picture is asked for.</summary>
internal sealed class UserPicture
{
    public long UserId { get; set; }

    /// <summary>The encoded image.</summary>
    public required byte[] Content { get; set; }

    /// <summary>Its media type.</summary>
    public required string ContentType { get; set; }

    /// <summary>Changes with the content, so that browsers may keep one for ever.</summary>
    public required string Version { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}
