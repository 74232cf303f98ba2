using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;

namespace Portal.Accounts.Users;

/// <summary>Secrets for links: 256 random bits, only their SHA-256 kept, one use, one purpose, a short life (OWASP ASVS 6.4.1, 11.5.1).</summary>
internal sealed class OneTimeLinks(TimeProvider time)
{
    private const int SecretBytes = 32;
    private const int SecretLength = 43;

    private static readonly TimeSpan KeepExpiredFor = TimeSpan.FromDays(7);

    /// <summary>
    /// Adds a link to the caller's unit of work and returns its secret. Earlier ones for the same purpose stop working; of
    /// those that say "this wasn't me" only the ones about the same session, since several sessions may need to be ended.
    /// </summary>
    public async Task<(string Secret, DateTimeOffset ExpiresAt)> AddAsync(
        PortalDbContext context, OneTimeTokenPurpose purpose, long? userId, string? boundTo, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var (row, secret) = await AddRowAsync(context, purpose, userId, boundTo, lifetime, cancellationToken);
        return (secret, row.ExpiresAt);
    }

    /// <summary>
    /// The work of <see cref="AddAsync"/> for an address that has no account: the same statements, a row that is nobody's and
    /// spent already. Time then does not tell who has one (OWASP ASVS 6.3.8).
    /// </summary>
    public async Task AddForNobodyAsync(PortalDbContext context, OneTimeTokenPurpose purpose, CancellationToken cancellationToken)
    {
        const long Nobody = 0;
        var (row, _) = await AddRowAsync(context, purpose, Nobody, boundTo: null, TimeSpan.Zero, cancellationToken);
        (row.UserId, row.UsedAt) = (null, row.CreatedAt);
    }

    /// <summary>How a link stands, without using it.</summary>
    public async Task<OneTimeLinkStatus> StatusOfAsync(
        PortalDbContext context, OneTimeTokenPurpose purpose, long? userId, string? secret, CancellationToken cancellationToken) =>
        (await FindAsync(context, purpose, userId, secret, cancellationToken)).Status;

    /// <summary>How a link stands and what it is bound to, without using it.</summary>
    public async Task<(OneTimeLinkStatus Status, string? BoundTo)> FindAsync(
        PortalDbContext context, OneTimeTokenPurpose purpose, long? userId, string? secret, CancellationToken cancellationToken)
    {
        if (secret is not { Length: SecretLength })
        {
            return (OneTimeLinkStatus.Invalid, null);
        }

        var hash = HashOf(secret);
        var found = await context.OneTimeTokens
            .Where(token => token.TokenHash == hash && token.Purpose == purpose && token.UserId == userId)
            .Select(token => new { token.ExpiresAt, token.UsedAt, token.BoundTo })
            .SingleOrDefaultAsync(cancellationToken);
        var status = found is null ? OneTimeLinkStatus.Invalid
            : found.UsedAt is not null ? OneTimeLinkStatus.Used
            : found.ExpiresAt <= time.GetUtcNow() ? OneTimeLinkStatus.Expired
            : OneTimeLinkStatus.Usable;
        return (status, found?.BoundTo);
    }

    /// <summary>Uses a link up, in the caller's transaction. Of several at once exactly one gets true.</summary>
    public async Task<bool> UseAsync(
        PortalDbContext context, OneTimeTokenPurpose purpose, long? userId, string? boundTo, string secret, CancellationToken cancellationToken)
    {
        var hash = HashOf(secret);
        var now = time.GetUtcNow();
        return await context.OneTimeTokens
            .Where(token => token.TokenHash == hash && token.Purpose == purpose && token.UserId == userId
                && token.BoundTo == boundTo && token.UsedAt == null && token.ExpiresAt > now)
            .ExecuteUpdateAsync(row => row.SetProperty(token => token.UsedAt, now), cancellationToken) == 1;
    }

    /// <summary>Forgets links that expired a week ago.</summary>
    public async Task CleanAsync(PortalDbContext context, CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - KeepExpiredFor;
        await context.OneTimeTokens.Where(token => token.ExpiresAt < before).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task<(OneTimeToken Row, string Secret)> AddRowAsync(
        PortalDbContext context, OneTimeTokenPurpose purpose, long? userId, string? boundTo, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        if (userId is not null)
        {
            var earlier = context.OneTimeTokens.Where(token => token.UserId == userId && token.Purpose == purpose && token.UsedAt == null);
            await (purpose is OneTimeTokenPurpose.NotMe ? earlier.Where(token => token.BoundTo == boundTo) : earlier)
                .ExecuteUpdateAsync(row => row.SetProperty(token => token.UsedAt, now), cancellationToken);
        }

        var row = new OneTimeToken
        {
            Purpose = purpose,
            UserId = userId,
            TokenHash = HashOf(secret),
            BoundTo = boundTo,
            CreatedAt = now,
            ExpiresAt = now + lifetime,
        };
        context.OneTimeTokens.Add(row);
        return (row, secret);
    }

    private static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
