using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.Administration;

/// <summary>Wishes lie among the user's tokens, one for each list: they go and are exported with the account.</summary>
internal sealed class ListWishes(IDbContextFactory<PortalDbContext> contexts) : IListWishes
{
    private const string Provider = "Portal.Lists";

    public async Task<ListWish> FindAsync(ClaimsPrincipal person, string list, CancellationToken cancellationToken)
    {
        if (person.UserId() is not { } userId)
        {
            return new ListWish();
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return Read(await context.UserTokens
            .Where(token => token.UserId == userId && token.LoginProvider == Provider && token.Name == list)
            .Select(token => token.Value)
            .SingleOrDefaultAsync(cancellationToken));
    }

    public async Task SaveAsync(ClaimsPrincipal person, string list, ListWish wish, CancellationToken cancellationToken)
    {
        if (person.UserId() is not { } userId)
        {
            return;
        }

        var value = JsonSerializer.Serialize(wish);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.UserTokens
            .Where(token => token.UserId == userId && token.LoginProvider == Provider && token.Name == list)
            .ExecuteUpdateAsync(row => row.SetProperty(token => token.Value, value), cancellationToken) > 0)
        {
            return;
        }

        context.UserTokens.Add(new IdentityUserToken<long> { UserId = userId, LoginProvider = Provider, Name = list, Value = value });
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (context.IsUniqueViolation(exception))
        {
            // Another tab chose at the same moment; one of the two wishes is as good as the other.
        }
    }

    private static ListWish Read(string? value)
    {
        try
        {
            return value is null ? new ListWish() : JsonSerializer.Deserialize<ListWish>(value) ?? new ListWish();
        }
        catch (JsonException)
        {
            return new ListWish();
        }
    }
}
