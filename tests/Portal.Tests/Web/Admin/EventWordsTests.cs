using System.Text.Json;
using Portal.Accounts.Administration;
using Portal.Accounts.Audit;
using Portal.Admin;

namespace Portal.Tests.Web.Admin;

public sealed class EventWordsTests
{
    private static readonly EventPersonInfo Person = new(1, "person@example.org");
    private static readonly EventPersonInfo Administrator = new(2, "admin@example.org");

    public static TheoryData<AuditKind> Kinds => [.. Enum.GetValues<AuditKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_has_words_that_do_not_speak_to_the_person(AuditKind kind)
    {
        foreach (var actor in new[] { null, Person, Administrator })
        {
            var words = EventWords.Of(Event(kind, actor));
            Assert.DoesNotContain("Something else", words, StringComparison.Ordinal);
            Assert.DoesNotContain("you", words.Split(' '), StringComparer.OrdinalIgnoreCase);
            Assert.False(words.EndsWith('.'), words);
        }

        _ = EventWords.IconOf(Event(kind, null));
    }

    [Fact]
    public void A_choice_is_offered_for_every_kind_and_group() => Assert.Equal(
        EventKindNames.Options.Select(option => option.Value).Distinct().Count(),
        EventKindNames.Options.Count);

    [Theory]
    [InlineData("""{"domain":"example.org","after":{"status":"new"}}""", "Added the domain example.org")]
    [InlineData("""{"domain":"example.org","before":{"status":"new"},"after":{"status":"blocked"}}""", "Changed the domain example.org")]
    [InlineData("""{"domain":"example.org","before":{"status":"new"}}""", "Deleted the domain example.org")]
    public void A_decision_about_a_domain_says_what_became_of_it(string details, string words) =>
        Assert.Equal(words, EventWords.Of(Event(AuditKind.DomainChanged, Administrator, details)));

    [Theory]
    [InlineData("""{"method":"passkey"}""", "Confirming who they are failed with a passkey")]
    [InlineData("""{"method":"otp"}""", "Confirming who they are failed with a wrong code")]
    [InlineData("{}", "Confirming who they are failed with a wrong password")]
    public void A_failed_confirmation_says_with_what(string details, string words) =>
        Assert.Equal(words, EventWords.Of(Event(AuditKind.ConfirmationFailed, Person, details)));

    [Fact]
    public void The_words_of_the_person_themself_are_taken_where_they_do() => Assert.Equal(
        "Signed in with a password from Firefox on Linux", EventWords.Of(Event(AuditKind.SignedIn, Person, """{"method":"pwd"}""") with { Browser = "Firefox", Os = "Linux" }));

    [Fact]
    public void What_an_operator_wrote_is_told_and_a_word_of_the_portals_own_is_not()
    {
        const string Details = """{"reason":"misuse","batch":"b1"}""";

        Assert.Equal([("Reason", "misuse"), ("Batch", "b1")], EventWords.FactsOf(Event(AuditKind.Blocked, Administrator, Details)));
        Assert.Equal([("Batch", "b1")], EventWords.FactsOf(Event(AuditKind.SessionEnded, Administrator, Details)));
    }

    private static EventInfo Event(AuditKind kind, EventPersonInfo? actor, string details = "{}") => new()
    {
        Id = 1,
        At = DateTimeOffset.UnixEpoch,
        KindName = kind.ToName(),
        Subject = Person,
        Actor = actor,
        Details = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(details)!,
    };
}
