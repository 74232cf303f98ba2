using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Portal.Accounts.Audit;

/// <summary>
/// A place in the chain and its hash. Noted somewhere else, it proves later that the rows up to it are still those of then:
/// whoever can write to the database could make a whole new chain, but not one that meets this.
/// </summary>
/// <param name="Position">From 1 on.</param>
/// <param name="Hash">SHA-256, 64 hexadecimal digits in lower case.</param>
public sealed record AuditHead(long Position, string Hash)
{
    private const int HashLength = 64;

    /// <summary>As operators note it: <c>position:hash</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Position}:{Hash}");

    /// <summary>Reads what <see cref="ToString"/> wrote, in either case.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out AuditHead? head)
    {
        head = text?.Trim().Split(':') is [var position, { Length: HashLength } hash]
            && long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number > 0
            && hash.All(char.IsAsciiHexDigit)
            ? new AuditHead(number, hash.ToLowerInvariant())
            : null;
        return head is not null;
    }
}
