using Microsoft.EntityFrameworkCore;
using Portal.Accounts;
using Portal.Accounts.Data;
using Portal.Testing;

namespace Portal.Tests.Accounts.Data;

public sealed class KeysetTests : IAsyncLifetime
{
    private static readonly string[] Names = ["a", "b", "b", "b", "c", "d", "d"];

    private PortalHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await PortalHost.StartAsync();
        await _host.QueryAsync(async context =>
        {
            // Equal values, so that only the id tells rows apart.
            context.OutboxMails.AddRange(Names.Select(name => new OutboxMail { Kind = name, Recipient = "", CreatedAt = DateTimeOffset.UnixEpoch, SentAt = DateTimeOffset.UnixEpoch }));
            return await context.SaveChangesAsync(Token);
        });
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Going_to_the_end_and_back_shows_every_row_once_in_order(bool isDescending)
    {
        var all = await AllAsync(isDescending);
        List<long> forth = [], back = [];

        var page = await PageAsync(isDescending, new ListWindow { Size = 2 });
        Assert.Null(page.Previous);
        forth.AddRange(page.Results.Select(row => row.Id));
        while (page.Next is { } next)
        {
            page = await PageAsync(isDescending, new ListWindow { Size = 2, After = next });
            forth.AddRange(page.Results.Select(row => row.Id));
        }

        page = await PageAsync(isDescending, new ListWindow { Size = 2, IsLast = true });
        Assert.Null(page.Next);
        back.AddRange(page.Results.Select(row => row.Id).Reverse());
        while (page.Previous is { } previous)
        {
            page = await PageAsync(isDescending, new ListWindow { Size = 2, Before = previous });
            back.AddRange(page.Results.Select(row => row.Id).Reverse());
        }

        Assert.Equal(all, forth);
        Assert.Equal(all, back.AsEnumerable().Reverse());
    }

    [Theory]
    [InlineData("no place")]
    [InlineData("e30")]
    [InlineData("%%%")]
    public async Task What_is_no_place_shows_the_beginning(string place)
    {
        var page = await PageAsync(isDescending: false, new ListWindow { Size = 3, After = place });

        Assert.Equal((await AllAsync(isDescending: false)).Take(3), page.Results.Select(row => row.Id));
    }

    private Task<ListPage<OutboxMail>> PageAsync(bool isDescending, ListWindow window) => _host.QueryAsync(context =>
        new Keyset<OutboxMail, string, long>(row => row.Kind, row => row.Id, isDescending).ReadAsync(context.OutboxMails.AsNoTracking(), window, new ListTotal(Names.Length), Token));

    private Task<List<long>> AllAsync(bool isDescending) => _host.QueryAsync(async context =>
        isDescending
            ? await context.OutboxMails.OrderByDescending(row => row.Kind).ThenByDescending(row => row.Id).Select(row => row.Id).ToListAsync(Token)
            : await context.OutboxMails.OrderBy(row => row.Kind).ThenBy(row => row.Id).Select(row => row.Id).ToListAsync(Token));
}
