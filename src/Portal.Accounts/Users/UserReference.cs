using System.Globalization;

namespace Portal.Accounts.Users;

/// <summary>Which user is meant: the one of a number and nobody else, or whom a text names, an id, an address or a username.</summary>
internal readonly record struct UserReference
{
    private UserReference(string text, long? onlyId) => (Text, OnlyId) = (text, onlyId);

    /// <summary>The text; of a number its digits.</summary>
    public string Text { get; }

    /// <summary>The number; null for a text, even one of digits.</summary>
    public long? OnlyId { get; }

    public static implicit operator UserReference(string text) => new(text, onlyId: null);

    public static implicit operator UserReference(long id) => new(id.ToString(CultureInfo.InvariantCulture), id);
}
