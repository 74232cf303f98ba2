using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Administration;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Testing;

namespace Portal.Tests.Accounts.Events;

/// <summary>What search indexes and caches are told, by the portal as a whole.</summary>
public sealed class AccountChangesTests : IAsyncLifetime
{
    private readonly Subscriber _subscriber = new();
    private PortalHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await PortalHost.StartAsync(options =>
        options.ConfigureServices = services => services.AddSingleton<IAccountChangeSubscriber>(_subscriber));

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_user_made_in_several_saves_is_told_once_as_created()
    {
        await _host.Get<IRoleAdmin>().CreateAsync("curator", null, Operator.CommandLine, Token);
        var role = Assert.Single(await ToldAsync());
        Assert.Equal((AccountChangeSubject.Role, AccountChangeKind.Created), (role.Subject, role.Kind));

        var user = await _host.CreateUserAsync("one@first.example", roles: "curator");

        var told = await ToldAsync();
        Assert.Equal(new AccountChange(AccountChangeSubject.User, user.Id, AccountChangeKind.Created), told[0]);
        Assert.Equal((AccountChangeSubject.Domain, AccountChangeKind.Created), (told[1].Subject, told[1].Kind));
        Assert.Equal(2, told.Count);
    }

    [Fact]
    public async Task Changes_by_operators_are_told_once_each_with_roles_given_and_taken()
    {
        var (users, roles, domains) = (_host.Get<IUserAdmin>(), _host.Get<IRoleAdmin>(), _host.Get<IDomainAdmin>());
        var user = await _host.CreateUserAsync();
        await roles.CreateAsync("curator", null, Operator.CommandLine, Token);
        await ToldAsync();
        await ToldAsync();
        var changed = new AccountChange(AccountChangeSubject.User, user.Id, AccountChangeKind.Changed);

        await users.DeactivateAsync(user.Email, Operator.CommandLine, Token);
        Assert.Equal([changed], await ToldAsync());
        await roles.AddAsync(user.Email, "curator", Operator.CommandLine, Token);
        Assert.Equal([changed], await ToldAsync());
        await roles.RemoveAsync(user.Email, "curator", Operator.CommandLine, Token);
        Assert.Equal([changed], await ToldAsync());
        await domains.SetAsync("other.example", "moderated", Operator.CommandLine, Token);
        Assert.Equal(AccountChangeKind.Created, Assert.Single(await ToldAsync()).Kind);
        await domains.SetAsync("other.example", "new", Operator.CommandLine, Token);
        Assert.Equal(AccountChangeKind.Changed, Assert.Single(await ToldAsync()).Kind);
        await domains.DeleteAsync("other.example", Operator.CommandLine, cancellationToken: Token);
        Assert.Equal(AccountChangeKind.Deleted, Assert.Single(await ToldAsync()).Kind);
    }

    [Fact]
    public async Task Everybody_who_had_a_deleted_role_is_told()
    {
        await _host.Get<IRoleAdmin>().CreateAsync("curator", null, Operator.CommandLine, Token);
        var (one, two) = (await _host.CreateUserAsync(roles: "curator"), await _host.CreateUserAsync(roles: "curator"));
        await _host.CreateUserAsync();
        await ToldAsync();
        await ToldAsync();
        await ToldAsync();
        await ToldAsync();

        await _host.Get<IRoleAdmin>().DeleteAsync("curator", Operator.CommandLine, cancellationToken: Token);

        var told = await ToldAsync();
        Assert.Equal(
            [new AccountChange(AccountChangeSubject.User, one.Id, AccountChangeKind.Changed), new AccountChange(AccountChangeSubject.User, two.Id, AccountChangeKind.Changed)],
            told.Where(change => change.Subject is AccountChangeSubject.User));
        Assert.Equal(AccountChangeKind.Deleted, Assert.Single(told, change => change.Subject is AccountChangeSubject.Role).Kind);
    }

    [Fact]
    public async Task A_domain_that_loses_its_category_or_organisation_is_told_of()
    {
        var (labels, domains) = (_host.Get<IDomainLabelAdmin>(), _host.Get<IDomainAdmin>());
        await labels.AddCategoryAsync("school", Operator.CommandLine, Token);
        var organisation = Assert.IsType<AdminOutcome.Done>(await labels.AddOrganisationAsync(new OrganisationEdit("University"), Operator.CommandLine, Token)).MadeId!.Value;
        var category = (await labels.ListAsync(Token)).Categories.Single(known => known.Name == "school").Id;
        await domains.CreateAsync("labelled.example", Operator.CommandLine, Token);
        await domains.CreateAsync("other.example", Operator.CommandLine, Token);
        await domains.EditAsync("labelled.example", new DomainEdit { CategoryId = category, OrganisationId = organisation }, Operator.CommandLine, Token);
        await ToldAsync();
        await ToldAsync();
        await ToldAsync();
        var changed = new AccountChange(AccountChangeSubject.Domain, (await domains.FindAsync("labelled.example", Token))!.Id, AccountChangeKind.Changed);

        await labels.DeleteCategoryAsync(category, Operator.CommandLine, Token);
        await labels.DeleteOrganisationAsync(organisation, Operator.CommandLine, Token);
        await domains.CreateAsync("after.example", Operator.CommandLine, Token);

        Assert.Equal([changed], await ToldAsync());
        Assert.Equal([changed], await ToldAsync());
        Assert.Equal(AccountChangeKind.Created, Assert.Single(await ToldAsync()).Kind);
    }

    [Fact]
    public async Task Everybody_of_a_blocked_domain_is_told()
    {
        var (one, two) = (await _host.CreateUserAsync("one@shady.example"), await _host.CreateUserAsync("two@shady.example"));
        await ToldAsync();
        await ToldAsync();

        await _host.Get<IDomainAdmin>().SetAsync("shady.example", "blocked", Operator.CommandLine, Token);

        Assert.Equal(AccountChangeSubject.Domain, Assert.Single(await ToldAsync()).Subject);
        Assert.Equal([one.Id, two.Id], (await ToldAsync()).Select(change => change.Id).Order());
    }

    [Fact]
    public async Task What_was_rolled_back_or_written_as_it_was_or_is_a_secret_is_not_told()
    {
        var user = await _host.CreateUserAsync();
        await ToldAsync();

        await _host.QueryAsync(async context =>
        {
            await using (await context.Database.BeginTransactionAsync(Token))
            {
                (await context.Users.SingleAsync(row => row.Id == user.Id, Token)).Profile = """{"full_name":"Ada"}""";
                await context.SaveChangesAsync(Token);
            }

            context.ChangeTracker.Clear();
            await using var transaction = await context.Database.BeginTransactionAsync(Token);
            await context.Users.TakeAsync(user.Id, Token);
            var row = await context.Users.SingleAsync(found => found.Id == user.Id, Token);
            context.Update(row);
            (row.SecurityStamp, row.PasswordHash, row.AccessFailedCount) = ("other", "other", 3);
            await context.SaveChangesAsync(Token);
            await transaction.CommitAsync(Token);
            return true;
        });
        await _host.BeginSessionAsync(user);
        await SaveAsync(context => context.Roles.Add(new Role { Name = "last", NormalizedName = "LAST" }));

        Assert.Equal(AccountChangeSubject.Role, Assert.Single(await ToldAsync()).Subject);
    }

    [Fact]
    public async Task New_and_then_deleted_in_one_transaction_is_nothing_and_changed_and_then_deleted_is_deleted()
    {
        var user = await _host.CreateUserAsync();
        await ToldAsync();

        await _host.QueryAsync(async context =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync(Token);
            var passing = new Role { Name = "passing", NormalizedName = "PASSING" };
            context.Roles.Add(passing);
            await context.SaveChangesAsync(Token);
            passing.Description = "Not for long.";
            await context.SaveChangesAsync(Token);
            context.Roles.Remove(passing);
            var row = await context.Users.SingleAsync(found => found.Id == user.Id, Token);
            row.Profile = """{"full_name":"Ada"}""";
            await context.SaveChangesAsync(Token);
            context.Users.Remove(row);
            await context.SaveChangesAsync(Token);
            await transaction.CommitAsync(Token);
            return true;
        });

        Assert.Equal([new AccountChange(AccountChangeSubject.User, user.Id, AccountChangeKind.Deleted)], await ToldAsync());
    }

    [Fact]
    public async Task A_picture_and_a_role_are_part_of_their_person()
    {
        var user = await _host.CreateUserAsync();
        await ToldAsync();
        var changed = new AccountChange(AccountChangeSubject.User, user.Id, AccountChangeKind.Changed);

        await SaveAsync(context => context.Pictures.Add(new UserPicture { UserId = user.Id, Content = [1], ContentType = "image/png", Version = "1" }));
        Assert.Equal([changed], await ToldAsync());
        await SaveAsync(context =>
        {
            context.Roles.Add(new Role { Id = 77, Name = "curator", NormalizedName = "CURATOR" });
            context.UserRoles.Add(new IdentityUserRole<long> { UserId = user.Id, RoleId = 77 });
        });
        Assert.Equal(2, (await ToldAsync()).Count);
    }

    private Task<int> SaveAsync(Action<PortalDbContext> change) => _host.QueryAsync(context =>
    {
        change(context);
        return context.SaveChangesAsync(Token);
    });

    private ValueTask<IReadOnlyList<AccountChange>> ToldAsync() => _subscriber.Told.Reader.ReadAsync(Token);

    private sealed class Subscriber : IAccountChangeSubscriber
    {
        public System.Threading.Channels.Channel<IReadOnlyList<AccountChange>> Told { get; } = System.Threading.Channels.Channel.CreateUnbounded<IReadOnlyList<AccountChange>>();

        public Task HandleAsync(IReadOnlyList<AccountChange> changes, CancellationToken cancellationToken) => Told.Writer.WriteAsync(changes, cancellationToken).AsTask();
    }
}
