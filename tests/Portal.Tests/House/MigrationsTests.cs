using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;

namespace Portal.Tests.House;

public sealed class MigrationsTests
{
    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.SqlServer)]
    public void The_migrations_make_the_model(DatabaseProvider provider)
    {
        using var services = ModelServices.Of(provider);
        using var context = services.Context();
        Assert.False(context.Database.HasPendingModelChanges(), $"The {provider} model changed: add a migration for each provider.");
    }

    [Fact]
    public void Both_providers_have_the_same_migrations_in_the_same_order() =>
        Assert.Equal(Names(DatabaseProvider.Sqlite), Names(DatabaseProvider.SqlServer));

    private static IReadOnlyList<string> Names(DatabaseProvider provider)
    {
        using var services = ModelServices.Of(provider);
        using var context = services.Context();
        // 20261123182330_Initial: the moments differ, the names do not.
        return [.. context.Database.GetMigrations().Select(migration => migration[(migration.IndexOf('_', StringComparison.Ordinal) + 1)..])];
    }
}
