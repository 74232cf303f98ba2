using System.Text.Json;
using Portal.Accounts.Activity;
using Portal.Accounts.Audit;
using Portal.Accounts.Events;
using Portal.Controls;

namespace Portal.Tests.Web.Controls;

public sealed class ActivityWordsTests
{
    /// <summary>Kinds of events that are never about a person's account.</summary>
    private static readonly HashSet<AuditKind> Nobodys =
    [
        AuditKind.DomainChanged, AuditKind.DomainLabelChanged, AuditKind.RoleCreated, AuditKind.RoleChanged, AuditKind.RoleDeleted, AuditKind.BatchStarted,
    ];

    public static TheoryData<AuditKind> Kinds => [.. Enum.GetValues<AuditKind>().Except(Nobodys)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_has_words_of_its_own_whoever_did_it(AuditKind kind)
    {
        var happened = Event(kind);
        foreach (var variant in new[] { happened, happened with { IsByYou = true }, happened with { IsByAnother = true } })
        {
            var words = ActivityWords.Of(variant);
            Assert.DoesNotContain("Something else", words, StringComparison.Ordinal);
            Assert.False(words.EndsWith('.'), words);
        }

        _ = ActivityWords.IconOf(happened);
    }

    [Fact]
    public void Every_group_has_words() => Assert.All(Enum.GetValues<ActivityGroup>(), group => Assert.NotEmpty(ActivityWords.Of(group)));

    [Fact]
    public void A_kind_of_a_newer_build_is_shown_by_its_name() =>
        Assert.Equal("Something else: from the future", ActivityWords.Of(new ActivityInfo { Id = 1, At = default, KindName = "from-the-future" }));

    [Theory]
    [InlineData("pwd", "a password")]
    [InlineData("pwd otp", "a password and a one-time code")]
    [InlineData("pwd recovery mfa", "a password and a recovery code")]
    [InlineData("hwk", "a passkey")]
    public void A_sign_in_tells_how_and_from_where(string method, string words) => Assert.Equal(
        $"Signed in with {words} from Firefox on Linux, Portugal",
        ActivityWords.Of(Event(AuditKind.SignedIn, $$"""{"method":"{{method}}"}""") with { Browser = "Firefox", Os = "Linux", Country = "PT" }));

    [Theory]
    [InlineData(SessionEndReason.Revoked, "Signed out Chrome on Windows from another device")]
    [InlineData(SessionEndReason.Everywhere, "Signed out Chrome on Windows with everything else")]
    [InlineData(SessionEndReason.Administrator, "An administrator signed out Chrome on Windows")]
    [InlineData(SessionEndReason.Idle, "Chrome on Windows was signed out, because it was not used for a while")]
    [InlineData(SessionEndReason.PasswordChanged, "Chrome on Windows was signed out, because the password changed")]
    public void An_end_tells_which_session_and_why(SessionEndReason reason, string words) => Assert.Equal(
        words,
        ActivityWords.Of(Event(AuditKind.SessionEnded, $$"""{"reason":"{{reason.ToName()}}","session":{"id":"x","browser":"Chrome","os":"Windows"} }""") with { IsByYou = true }));

    [Fact]
    public void Very_many_ends_at_once_are_counted() => Assert.Equal(
        "An administrator signed out a batch of 3 sessions",
        ActivityWords.Of(Event(AuditKind.SessionEnded, """{"reason":"administrator","sessions":["a","b","c"]}""")));

    [Theory]
    [InlineData("rejected", "A sign-in failed with a wrong password from Firefox on Linux")]
    [InlineData("inactive", "Refused a sign-in from Firefox on Linux: the account was not active")]
    [InlineData("guessed", "Refused a sign-in from Firefox on Linux: too many wrong passwords in a row")]
    public void A_failed_sign_in_tells_why(string reason, string words) => Assert.Equal(
        words,
        ActivityWords.Of(Event(AuditKind.SignInFailed, $$"""{"reason":"{{reason}}"}""") with { Browser = "Firefox", Os = "Linux" }));

    [Fact]
    public void Details_tell_what_changed_and_leave_out_what_did_not() => Assert.Equal(
        [("Active", "no → yes"), ("Visibility", "restricted → nothing"), ("Full name", "Ada")],
        ActivityWords.FactsOf(Event(AuditKind.Activated, """{"reason":"x","before":{"active":false,"blocked":false,"visibility":"restricted"},"after":{"active":true,"blocked":false,"full_name":"Ada"}}""")));

    [Fact]
    public void Details_of_any_shape_are_written_out() => Assert.Equal(
        [("Fields", "full name, picture"), ("Limit", "3"), ("Other", "A: 1, B: nothing")],
        ActivityWords.FactsOf(Event(AuditKind.ProfileChanged, """{"fields":["full name","picture"],"limit":3,"other":{"a":1,"b":""}}""")));

    [Fact]
    public void Where_and_in_which_session_stand_behind_details() => Assert.Equal(
        [("Address", "192.0.2.1"), ("Country", "Portugal"), ("Session", "this one")],
        ActivityWords.FactsOf(Event(AuditKind.SignedIn, """{"method":"pwd"}""") with { Ip = "192.0.2.1", Country = "PT", SessionId = "s", IsCurrentSession = true }));

    private static ActivityInfo Event(AuditKind kind, string details = "{}") => new()
    {
        Id = 1,
        At = DateTimeOffset.UnixEpoch,
        KindName = kind.ToName(),
        Details = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(details)!,
    };
}
