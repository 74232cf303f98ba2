using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Tests.Accounts.Administration;

namespace Portal.Tests.Web.Api;

public sealed class DeletingRolesApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IRoleAdmin Roles => host.Services.GetRequiredService<IRoleAdmin>();

    [Fact]
    public async Task A_deletion_that_breaks_off_says_who_keeps_the_role_and_sent_again_goes_on()
    {
        var user = await host.MakeUserAsync("admin@example.org");
        await Roles.AddAsync(user.Email, RoleNames.Administrator, Operator.CommandLine, Token);
        await Roles.CreateAsync("reader", null, Operator.CommandLine, Token);
        using var admin = await host.SignedInAsync(user.Email);
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(host.DataDirectory, "portal.db")}");
        await connection.OpenAsync(Token);
        await RoleCrowd.AddAsync(connection, "reader", RoleDeletion.BatchSize + 5);
        await RoleCrowd.RefuseEndAsync(connection);

        using var broken = await admin.DeleteAsync("/api/admin/roles/reader", Token);
        var left = (await Roles.FindAsync("reader", Token))!.Members;
        await RoleCrowd.AllowEndAsync(connection);
        using var done = await admin.DeleteAsync("/api/admin/roles/reader", Token);

        Assert.Equal("It ended early. People who lost the role: 1000; the others still have it. Send this again to go on.", await broken.ReadProblemAsync(HttpStatusCode.Conflict));
        Assert.Equal(new ListTotal(5), left);
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        Assert.Null(await Roles.FindAsync("reader", Token));
    }
}
