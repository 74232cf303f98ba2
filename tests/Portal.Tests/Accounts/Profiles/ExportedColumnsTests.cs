using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Portal.Accounts.Data;
using Portal.Accounts.Sessions;
using Portal.Testing;

namespace Portal.Tests.Accounts.Profiles;

/// <summary>
/// Every table that names a user is in the export, and every column of it; or stands here with why not. So whoever adds a
/// table or a column decides whether its person may take it along.
/// </summary>
public sealed class ExportedColumnsTests(OwnAccountHost shared) : IClassFixture<OwnAccountHost>
{
    private static readonly string[] NamesOfUsers = ["UserId", "SubjectId", "ActorId", "EndedById", "ImpersonatorId"];

    /// <summary>What is no user though its name and type might be one's.</summary>
    private static readonly string[] NamesOfOthers = ["RoleId", "CategoryId", "OrganisationId", "ParentId"];

    /// <summary>The section that shows each table.</summary>
    private static readonly Dictionary<string, string> Sections = new()
    {
        ["Users"] = "account",
        ["Pictures"] = "picture",
        ["Memberships"] = "roles",
        ["LoginInformation"] = "sign_ins",
        ["Sessions"] = "sessions",
        ["Identities"] = "identities",
        ["Passkeys"] = "passkeys",
        ["Authenticators"] = "authenticator",
        ["RecoveryCodes"] = "recovery_codes",
        ["TrustedBrowsers"] = "trusted_browsers",
        ["UserClaims"] = "claims",
        ["UserTokens"] = "tokens",
        ["OneTimeTokens"] = "links",
        ["OutboxMails"] = "mails",
        ["AuditEvents"] = "events",
    };

    /// <summary>What is left out, with the reason. There is no table yet that is left out whole.</summary>
    internal static readonly Dictionary<string, string> LeftOut = new()
    {
        ["Users.NormalizedUserName"] = "the same once more, for comparing",
        ["Users.NormalizedEmail"] = "the same once more, for comparing",
        ["Users.NormalizedFullName"] = "the same once more, for comparing",
        ["Users.SortUserName"] = "the same once more, for comparing",
        ["Users.State"] = "worked out from columns that are shown",
        ["Users.SortSecondFactor"] = "worked out from columns that are shown",
        ["Users.RoleCount"] = "the number of the section memberships",
        ["Users.LiveSessions"] = "the number of those of the section sessions that are live",
        ["Users.SignedInAt"] = "stands in the section login_information",
        ["Users.PasswordHash"] = "a secret; that there is one is told as has_password",
        ["Users.SecurityStamp"] = "a secret of the framework",
        ["Users.ConcurrencyStamp"] = "says nothing about the person",
        ["Users.Profile"] = "a section of its own: profile",
        ["Users.Preferences"] = "a section of its own: preferences",
        ["Sessions.KeyHash"] = "belongs to a secret",
        ["Sessions.Ticket"] = "a secret; what it says of the person stands in the other columns",
        ["Sessions.Node"] = "where the portal runs",
        ["Sessions.EndedById"] = "told as ended_by, without another person's number",
        ["Sessions.ImpersonatorId"] = "told as by_administrator, without another person's number",
        ["Sessions.ImpersonatorSessionId"] = "another person's session",
        ["Authenticators.Key"] = "a secret",
        ["Authenticators.LastStep"] = "keeps a code from being used twice, says nothing about the person",
        ["RecoveryCodes.Name"] = "belongs to a secret",
        ["RecoveryCodes.Hash"] = "belongs to a secret",
        ["TrustedBrowsers.KeyHash"] = "belongs to a secret",
        ["Passkeys.Seal"] = "guards the row, says nothing about the person",
        ["UserTokens.Value"] = "a secret",
        ["OneTimeTokens.TokenHash"] = "belongs to a secret",
        ["OneTimeTokens.BoundTo"] = "what must still hold when a link is used, partly a secret",
        ["OutboxMails.Payload"] = "holds a link's secret until the mail is sent, then nothing",
        ["OutboxMails.NormalizedRecipient"] = "the same once more, for finding it",
        ["OutboxMails.LastError"] = "what a mail server said to the portal",
        ["AuditEvents.SubjectId"] = "the person themself",
        ["AuditEvents.ActorId"] = "told as by, without another person's number",
        ["AuditEvents.IpSalt"] = "guards the log, says nothing about the person",
        ["AuditEvents.IpDigest"] = "guards the log, says nothing about the person",
        ["AuditEvents.DetailsSalt"] = "guards the log, says nothing about the person",
        ["AuditEvents.DetailsDigest"] = "guards the log, says nothing about the person",
        ["AuditEvents.Position"] = "guards the log, says nothing about the person",
        ["AuditEvents.Hash"] = "guards the log, says nothing about the person",
    };

    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_number_that_could_name_a_user_is_listed_as_one_or_as_none()
    {
        var names = await _host.QueryAsync(context => Task.FromResult(context.Model.GetEntityTypes()
            .SelectMany(type => type.GetProperties())
            .Where(property => (Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType) == typeof(long)
                && property.Name.EndsWith("Id", StringComparison.Ordinal) && property.Name != "Id")
            .Select(property => property.Name).ToHashSet()));

        Assert.Equal(NamesOfUsers.Concat(NamesOfOthers).Order(), names.Order());
    }

    [Fact]
    public async Task Every_table_that_names_a_user_has_a_section() =>
        Assert.Empty((await TablesAsync()).Select(table => table.GetTableName()!).Except(Sections.Keys));

    [Fact]
    public async Task Every_column_of_them_is_exported_or_left_out_for_a_reason()
    {
        var (user, person) = await _host.NewPersonAsync(roles: "admin");
        await FillAsync(user.Id, person.SessionId()!);
        await _host.QueryAsync(context => context.Sessions.Where(row => row.UserId == user.Id).ExecuteUpdateAsync(row => row.SetProperty(session => session.Method, "pwd otp mfa"), Token));
        var document = await ExportedDocument.OfAsync(_host, person);

        List<string> missing = [];
        List<string> needless = [];
        foreach (var table in await TablesAsync())
        {
            var name = table.GetTableName()!;
            var members = MembersOf(document[Sections[name]], name);
            foreach (var column in ColumnsOf(table))
            {
                var isShown = members.Contains(JsonNamingPolicy.SnakeCaseLower.ConvertName(column)) || column == "UserId";
                var key = $"{name}.{column}";
                (isShown == LeftOut.ContainsKey(key) ? isShown ? needless : missing : []).Add(key);
            }
        }

        Assert.Empty(missing);
        Assert.Empty(needless);
    }

    [Fact]
    public async Task A_column_that_is_in_neither_would_be_told()
    {
        var (_, person) = await _host.NewPersonAsync();
        var document = await ExportedDocument.OfAsync(_host, person);

        Assert.DoesNotContain("key_hash", MembersOf(document["sessions"], "Sessions"));
        Assert.Contains("browser", MembersOf(document["sessions"], "Sessions"));
    }

    /// <summary>The tables with a column that names a user, and the users' own.</summary>
    private Task<List<IEntityType>> TablesAsync() => _host.QueryAsync(context => Task.FromResult(context.Model.GetEntityTypes()
        .Where(type => !type.IsOwned())
        .Where(type => type.ClrType == typeof(User)
            || type.GetProperties().Any(property => NamesOfUsers.Contains(property.Name))
            || type.GetForeignKeys().Any(key => key.PrincipalEntityType.ClrType == typeof(User)))
        .ToList()));

    /// <summary>The columns, and what a column of JSON holds.</summary>
    private static IEnumerable<string> ColumnsOf(IEntityType table) => table.GetProperties().Select(property => property.Name)
        .Concat(table.GetNavigations().Where(navigation => navigation.TargetEntityType.IsOwned())
            .SelectMany(navigation => navigation.TargetEntityType.GetProperties().Where(property => !property.IsPrimaryKey()).Select(property => property.Name)));

    private static HashSet<string> MembersOf(JsonNode? section, string table)
    {
        var rows = section is JsonArray list ? list.ToList() : [section];
        Assert.True(rows is [not null, ..], $"The export shows no row of {table}.");
        return [.. rows.OfType<JsonObject>().SelectMany(row => row.Select(member => member.Key))];
    }

    /// <summary>Gives the person a row in each table that a new account has none in.</summary>
    private Task<int> FillAsync(long userId, string sessionId) => _host.QueryAsync(async context =>
    {
        context.Pictures.Add(new UserPicture { UserId = userId, Content = [1, 2, 3], ContentType = "image/png", Version = "1" });
        context.UserLogins.Add(new UserIdentity { UserId = userId, LoginProvider = "oidc", ProviderKey = "subject", ProviderDisplayName = "Provider" });
        context.UserClaims.Add(new() { UserId = userId, ClaimType = "department", ClaimValue = "maps" });
        context.UserTokens.Add(new() { UserId = userId, LoginProvider = "portal", Name = "authenticator", Value = "seed" });
        context.UserPasskeys.Add(new UserPasskey
        {
            UserId = userId,
            CredentialId = [1, 2, 3],
            Seal = [7],
            Data = new() { PublicKey = [4], Name = "Key", CreatedAt = DateTimeOffset.UnixEpoch, Transports = ["usb"], AttestationObject = [5], ClientDataJson = [6] },
        });
        context.Authenticators.Add(new Authenticator { UserId = userId, Key = [1, 2, 3] });
        context.RecoveryCodes.Add(new RecoveryCode { UserId = userId, Name = "A1B2", Hash = "hash" });
        context.TrustedBrowsers.Add(new TrustedBrowser { UserId = userId, KeyHash = new byte[32], SessionId = sessionId });
        context.OneTimeTokens.Add(new OneTimeToken { Purpose = OneTimeTokenPurpose.NotMe, UserId = userId, TokenHash = new byte[32], BoundTo = sessionId });
        context.OutboxMails.Add(new OutboxMail { Kind = "Welcome", Recipient = "person@example.org", UserId = userId });
        context.AuditEvents.Add(new AuditEvent { Kind = "signed-in", SubjectId = userId, ActorId = userId });
        return await context.SaveChangesAsync(Token);
    });
}
