using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Options;
using Portal.Accounts;
using Portal.Accounts.Passwords;

namespace Portal.Tests.Accounts.Passwords;

public sealed class PasswordRulesTests
{
    private static readonly PasswordContext Somebody = new("zo.ravenscroft@fabrikam.example", "zravens");
    private static readonly PasswordContext WithSecondFactor = Somebody with { HasSecondFactor = true };
    private static readonly PasswordGuessing Guessing = new();

    [Theory]
    [Trait("ASVS", "6.2.1")]
    [InlineData("vq7 mul otter k", 15, true, false)]
    [InlineData("vq7 mul otter ", 14, false, false)]
    [InlineData("vq7mul k", 8, true, true)]
    [InlineData("vq7mul ", 7, false, true)]
    public void The_least_length_is_15_and_with_a_second_factor_8(string password, int length, bool accepted, bool secondFactor)
    {
        Assert.Equal(length, password.Length);

        var failures = Rules().Check(password, secondFactor ? WithSecondFactor : Somebody);

        Assert.Equal(accepted, failures.Count == 0);
        if (!accepted)
        {
            Assert.StartsWith($"Use at least {(secondFactor ? 8 : 15)} characters; this password has {length}.", Assert.Single(failures), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Characters_are_counted_as_people_count_them()
    {
        // Fifteen units of UTF-16, but eight and fourteen characters.
        Assert.Contains("has 8.", Assert.Single(Rules().Check("🦄🍀🐙🎲🪁🌋🧭x", Somebody)), StringComparison.Ordinal);
        Assert.Contains("has 14.", Assert.Single(Rules().Check("e\u0301vq7 mul otter", Somebody)), StringComparison.Ordinal);
    }

    [Theory]
    [Trait("ASVS", "6.2.9")]
    [InlineData(64)]
    [InlineData(128)]
    [InlineData(256)]
    public void Long_passwords_are_accepted(int length) =>
        Assert.Empty(Rules().Check(RandomText(length), Somebody));

    [Fact]
    [Trait("ASVS", "6.2.9")]
    public void The_limit_of_256_counts_characters_after_composition()
    {
        var composed = string.Concat(Enumerable.Repeat("éàü", 85)) + "vq7";
        var decomposed = RandomText(200) + string.Concat(Enumerable.Repeat("e\u0301", 56));

        Assert.Equal(258, composed.Length);
        Assert.Single(Rules().Check(composed, Somebody));
        Assert.Equal(312, decomposed.Length);
        Assert.Empty(Rules().Check(decomposed, Somebody));
    }

    [Theory]
    [Trait("ASVS", "6.2.9")]
    [InlineData(257)]
    [InlineData(10_000)]
    [InlineData(10_000_000)]
    public void Too_long_is_refused_with_a_message_before_anything_is_estimated(int length)
    {
        var (rules, password) = (Rules(), new string('x', length));
        var start = TimeProvider.System.GetTimestamp();

        var failures = rules.Check(password, Somebody);

        Assert.Equal(["Use at most 256 characters; this password is longer."], failures);
        // An estimate of the shortest of them would take seconds.
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromMilliseconds(500));
    }

    [Fact]
    [Trait("ASVS", "6.2.4")]
    public void The_commonest_passwords_that_are_long_enough_are_refused()
    {
        var rules = Rules();
        var accepted = new ConcurrentBag<string>();

        Parallel.ForEach(CommonPasswords.Fitting, password =>
        {
            if (rules.Check(password, Somebody).Count == 0)
            {
                accepted.Add(password);
            }
        });

        Assert.InRange(CommonPasswords.Fitting.Count, 3_000, int.MaxValue);
        Assert.True(accepted.IsEmpty, $"{accepted.Count} of {CommonPasswords.Fitting.Count} accepted: {string.Join(" | ", accepted.Order(StringComparer.Ordinal).Take(60))}");
    }

    [Fact]
    [Trait("ASVS", "6.2.12")]
    public void Every_password_of_the_list_of_breached_ones_is_refused()
    {
        var rules = Rules();
        var accepted = new ConcurrentBag<string>();

        Parallel.ForEach(CommonPasswords.Breached, password =>
        {
            if (rules.Check(password, WithSecondFactor).Count == 0)
            {
                accepted.Add(password);
            }
        });

        Assert.InRange(CommonPasswords.Breached.Count, 5_000, int.MaxValue);
        Assert.True(accepted.IsEmpty, $"{accepted.Count} of {CommonPasswords.Breached.Count} accepted: {string.Join(" | ", accepted.Order(StringComparer.Ordinal).Take(60))}");
    }

    [Theory]
    [InlineData("passwordfootball", "passwords that many people use")]
    [InlineData("understandings", "very common words")]
    [InlineData("michaeljessica", "common names")]
    [InlineData("mnbvcxzlkjhgfdsa", "keys of the keyboard")]
    [InlineData("1w2e3r4t5y6u7i8o", "keys of the keyboard")]
    [InlineData("acegikmoqsuwy", "simple order such as abc or 123")]
    [InlineData("a1b2c3d4e5f6g7h8", "simple order such as abc or 123")]
    [InlineData("nopqrstuvwxyzabc", "simple order such as abc or 123")]
    [InlineData("aaaaaaaabbbbbbbbb", "repeats the same character")]
    [InlineData("xkq7xkq7xkq7xkq7", "repeats the same short piece")]
    public void Why_a_password_is_easy_to_guess_is_said_in_plain_words(string password, string reason)
    {
        var failure = Assert.Single(Rules().Check(password, WithSecondFactor));

        Assert.StartsWith("Choose a password that is harder to guess: ", failure, StringComparison.Ordinal);
        Assert.Contains(reason, failure, StringComparison.Ordinal);
        Assert.DoesNotContain(password, failure, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("ASVS", "6.2.5")]
    [InlineData("correct horse battery staple")]
    [InlineData("kitchen lamp bicycle river")]
    [InlineData("a zebra paints fjords")]
    [InlineData("385710294857106")]
    [InlineData("qmwzkxvbtrplhgd")]
    [InlineData("QMWZKXVBTRPLHGD")]
    [InlineData("k w q z o p v m")]
    [InlineData("😀🎉🚀🐱🌍🍕🎸📚🔥🌈🦄🍀🐙🎲🪁")]
    [InlineData("μεγάλη θάλασσα βουνό")]
    [InlineData("窓辺の猫は青い月を見て静かに笑う")]
    [InlineData("  vq7 mul otter k  ")]
    public void No_mixture_of_kinds_of_characters_is_demanded(string password) =>
        Assert.Empty(Rules().Check(password, Somebody));

    [Fact]
    public void A_common_password_stays_common_with_spaces_between()
    {
        Assert.NotEmpty(Rules().Check("i love you so much", Somebody));
        Assert.NotEmpty(Rules().Check("p a s s w o r d 1 2 3", Somebody));
    }

    [Theory]
    [Trait("ASVS", "6.2.11")]
    [InlineData("Harbour Gate", "Harbour Gate")]
    [InlineData("xHARBOURGATEx", "HarbourGate")]
    [InlineData("old harbour wall", "Harbour")]
    [InlineData("accounts.fabrikam-north.example", "accounts.fabrikam-north.example")]
    [InlineData("Ravenscroft", "ravenscroft")]
    [InlineData("ZO.RAVENSCROFT", "zo.ravenscroft")]
    [InlineData("fabrikam", "fabrikam")]
    [InlineData("zravens", "zravens")]
    public void Words_of_the_site_and_the_person_are_refused_and_named(string inside, string named)
    {
        var rules = Rules("Harbour Gate", "https://accounts.fabrikam-north.example:8443/");

        var failures = rules.Check($"vq7 {inside} mul otter", Somebody);

        Assert.Contains(failures, failure => failure.StartsWith($"Leave “{named}” out: ", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("ASVS", "6.1.2")]
    public void The_kept_list_of_local_words_holds_the_sites_name_and_host()
    {
        Assert.Equal(
            ["accounts.example.org", "Harbour Gate", "HarbourGate", "accounts", "Harbour", "example", "Gate"],
            Words("Harbour Gate", "https://accounts.example.org").OfSite);
        Assert.Equal(["Portal"], Words("Portal", "http://203.0.113.7:5080").OfSite);
        Assert.Equal(["localhost", "Portal"], new SiteWords(Options.Create(new PortalOptions())).OfSite);
    }

    [Fact]
    public void Words_of_three_letters_may_appear() =>
        Assert.Empty(Rules().Check("vq7 ana mul otter", new PasswordContext("ana@abc.example", "ana")));

    [Fact]
    public void A_word_is_found_however_it_was_composed()
    {
        var decomposed = "vq7 mul Zoë otter".Normalize(NormalizationForm.FormD);
        var person = new PasswordContext(null, "MUL ZOË");

        Assert.Contains(Rules().Check(decomposed, person), failure => failure.Contains("“MUL ZOË”", StringComparison.Ordinal));
    }

    [Fact]
    public void A_word_inside_another_one_named_is_not_named_again() =>
        Assert.Single(Rules().Check("vq7 zo.ravenscroft mul otter", Somebody));

    [Fact]
    public void Every_reason_is_told_at_once()
    {
        var failures = Rules().Check("zravens", Somebody);

        Assert.Equal(2, failures.Count);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", "")]
    [InlineData("@", " ")]
    [InlineData("no-at-sign", "broken")]
    public void Whoever_has_no_or_odd_names_is_judged_by_the_other_rules(string? email, string? userName)
    {
        var odd = userName == "broken" ? "\ud83d half a character" : userName;

        Assert.Empty(Rules().Check("vq7 mul otter kelp", new PasswordContext(email, odd)));
    }

    [Fact]
    public void Nothing_typed_is_not_a_fault_of_the_program() =>
        Assert.StartsWith("Use at least 15 characters; this password has 0.", Assert.Single(Rules().Check("", Somebody)), StringComparison.Ordinal);

    [Fact]
    public void What_is_no_character_is_refused_with_a_message()
    {
        string[] broken = ["vq7 mul otter \ud83d kelp", "vq7 mul otter \udc00 kelp", "vq7 mul otter kelp \ud83d", "vq7 mul otter kelp\0"];

        Assert.All(broken, password =>
            Assert.StartsWith("Type the password again", Assert.Single(Rules().Check(password, Somebody)), StringComparison.Ordinal));
    }

    private static PasswordRules Rules(string siteName = "Portal", string publicUrl = "http://localhost:5080") =>
        new(Options.Create(new PasswordsOptions()), Words(siteName, publicUrl), Guessing, []);

    private static SiteWords Words(string siteName, string publicUrl) =>
        new(Options.Create(new PortalOptions { SiteName = siteName, PublicUrl = new Uri(publicUrl) }));

    private static string RandomText(int length)
    {
        var random = new Random(length);
        return string.Concat(Enumerable.Range(0, length).Select(_ => (char)random.Next('!', '~')));
    }
}
