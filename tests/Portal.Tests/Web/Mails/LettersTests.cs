using System.Text.RegularExpressions;
using Portal.Accounts;
using Portal.Accounts.Mail;
using Portal.Accounts.Sessions.Agents;
using Portal.Mails;

namespace Portal.Tests.Web.Mails;

public sealed partial class LettersTests
{
    private const string Site = "Nord & Süd";

    public static TheoryData<string> Languages => [.. SiteLanguages.All.Select(language => language.Tag)];

    public static TheoryData<string> Translations => [.. SiteLanguages.All.Select(language => language.Tag).Where(tag => tag != SiteLanguages.Default)];

    [Fact]
    public void Every_kind_of_mail_has_a_sample_but_the_one_that_goes_to_nobody() =>
        Assert.Equal(
            typeof(AccountMail).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(AccountMail)) && type != typeof(AccountMail.Nobody)).Select(type => type.Name).Order(),
            SampleMails.All().Select(mail => mail.GetType().Name).Order());

    [Fact]
    public void A_mail_to_nobody_is_never_written_down() =>
        Assert.Throws<NotSupportedException>(() => Letters.For(new AccountMail.Nobody(), Site));

    [Fact]
    public void Every_language_on_the_list_has_its_letters() =>
        Assert.Equal(SiteLanguages.All.Count, SiteLanguages.All.Select(language => Letters.For(SampleMails.Of<AccountMail.Welcome>(language.Tag), Site).Subject).Distinct().Count());

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_letter_is_in_the_language_asked_for_and_names_site_address_and_all_that_happened(string language)
    {
        foreach (var mail in SampleMails.All(language: language, zone: "Europe/Zurich"))
        {
            var letter = Letters.For(mail, Site);
            var everything = string.Join('\n', Sentences(letter));

            Assert.Equal(language, letter.Language);
            Assert.Contains(Site, letter.Subject, StringComparison.Ordinal);
            Assert.Contains("Ana", letter.Greeting, StringComparison.Ordinal);
            Assert.Contains(SampleMails.Recipient, letter.Why, StringComparison.Ordinal);
            foreach (var value in Values(mail))
            {
                Assert.Contains(value, everything + letter.Action!.Url + letter.Second?.Url, StringComparison.Ordinal);
            }

            Assert.Equal(mail is AccountMail.Deactivated ? 1 : mail is AccountMail.Invitation ? 0 : 4, letter.Facts.Count);
        }
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void No_letter_has_a_gap_a_placeholder_or_markup(string language)
    {
        foreach (var mail in SampleMails.All(language: language))
        {
            foreach (var sentence in Sentences(Letters.For(mail, Site)))
            {
                Assert.Equal(sentence, sentence.Trim());
                Assert.NotEmpty(sentence);
                Assert.DoesNotMatch(@"[{}<>]|  |\.\.|null|System\.", sentence);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Translations))]
    public void Nothing_of_the_English_letter_is_left_in_another_language(string language)
    {
        foreach (var (mail, translated) in SampleMails.All().Zip(SampleMails.All(language: language)))
        {
            var english = Letters.For(mail, Site);
            var other = Letters.For(translated, Site);

            // What is the same in all languages: the names of device, address and people.
            Assert.Empty(Sentences(other).Intersect(Sentences(english)).Except(["203.0.113.7"]));
            Assert.All(Sentences(other), sentence => Assert.DoesNotMatch(EnglishWord(), sentence));
            Assert.Equal(
                (english.Opening.Count, english.Closing.Count, english.Facts.Count, english.Next is null, english.Second is null),
                (other.Opening.Count, other.Closing.Count, other.Facts.Count, other.Next is null, other.Second is null));
        }
    }

    [Theory]
    [InlineData("de", "de")]
    [InlineData("DE-ch", "de")]
    [InlineData("fr-CA", "fr")]
    [InlineData("en-GB", "en")]
    [InlineData("pt", "en")]
    [InlineData("not a tag", "en")]
    [InlineData("", "en")]
    [InlineData(null, "en")]
    public void A_language_that_is_not_offered_is_answered_in_the_nearest(string? asked, string written) =>
        Assert.Equal(written, Letters.For(SampleMails.Of<AccountMail.Welcome>(asked), Site).Language);

    [Theory]
    [InlineData(null, null, "23 November 2026 at 23:05 UTC")]
    [InlineData(null, "Etc/UTC", "23 November 2026 at 23:05 UTC")]
    [InlineData(null, "Nowhere/At_All", "23 November 2026 at 23:05 UTC")]
    [InlineData("en", "Europe/Zurich", "24 November 2026 at 00:05 (Europe/Zurich, UTC+01:00)")]
    [InlineData("en", "America/St_Johns", "23 November 2026 at 19:35 (America/St Johns, UTC−03:30)")]
    [InlineData("de", "Europe/Zurich", "24. November 2026 um 00:05 Uhr (Europe/Zurich, UTC+01:00)")]
    [InlineData("de", null, "23. November 2026 um 23:05 Uhr UTC")]
    [InlineData("fr", "Europe/Paris", "24 novembre 2026 à 00:05 (Europe/Paris, UTC+01:00)")]
    public void Moments_are_told_in_the_readers_zone_and_name_it(string? language, string? zone, string written) =>
        Assert.Equal(written, Letters.For(SampleMails.Of<AccountMail.NewDevice>(language, zone), Site).Facts[0].Value);

    [Fact]
    public void The_first_of_a_month_is_written_as_French_writes_it()
    {
        var mail = SampleMails.Of<AccountMail.NewDevice>("fr") with { ExpiresAt = new DateTimeOffset(2027, 1, 1, 8, 0, 0, TimeSpan.Zero) };

        Assert.Contains("jusqu’au 1er janvier 2027 à 08:00 UTC.", Letters.For(mail, Site).Closing[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "Firefox on Linux", "Unknown browser on an unknown system", "Switzerland")]
    [InlineData("de", "Firefox unter Linux", "Unbekannter Browser unter unbekanntem System", "Schweiz")]
    [InlineData("fr", "Firefox sous Linux", "Navigateur inconnu sous un système inconnu", "Suisse")]
    public void Devices_and_places_are_in_the_readers_words(string language, string known, string unknown, string place)
    {
        Assert.Equal(known, DeviceIn(language, new AgentInfo("Firefox", "140", "Linux", DeviceClass.Desktop)));
        Assert.Equal(unknown, DeviceIn(language, new AgentInfo(AgentInfo.Unknown, null, AgentInfo.Unknown, DeviceClass.Unknown)));
        Assert.Equal("curl", DeviceIn(language, new AgentInfo("curl", "8", AgentInfo.Unknown, DeviceClass.Tool)));
        Assert.Equal(place, Letters.For(SampleMails.Of<AccountMail.NewDevice>(language), Site).Facts[2].Value);
    }

    [Fact]
    public void What_is_not_known_of_an_occasion_is_left_out()
    {
        var mail = SampleMails.Of<AccountMail.NewDevice>() with { Occasion = new MailOccasion(SampleMails.At, null, "ZZ", null) };

        Assert.Equal(["When"], Letters.For(mail, Site).Facts.Select(fact => fact.Name));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Without_a_way_to_a_new_password_no_letter_leads_there(string language)
    {
        var changed = Letters.For(SampleMails.Of<AccountMail.PasswordChanged>(language) with { RecoveryUrl = null }, Site);
        var registered = Letters.For(SampleMails.Of<AccountMail.AlreadyRegistered>(language) with { RecoveryUrl = null }, Site);

        Assert.Null(changed.Action);
        Assert.Null(registered.Second);
        Assert.False(changed.Next!.EndsWith(':'), "The sentence announces a button that is not there.");
        Assert.NotEqual(Letters.For(SampleMails.Of<AccountMail.PasswordChanged>(language), Site).NotYou, changed.NotYou);
    }

    [Theory]
    [InlineData("en", "create an account", "the address of another account")]
    [InlineData("de", "ein Konto mit der Adresse", "zur Adresse eines anderen Kontos")]
    [InlineData("fr", "créer un compte", "l’adresse d’un autre compte")]
    public void Who_has_an_address_is_told_whether_a_new_account_or_another_one_was_to_get_it(string language, string created, string moved)
    {
        var mail = SampleMails.Of<AccountMail.AlreadyRegistered>(language);
        var (registered, replaced) = (Letters.For(mail, Site), Letters.For(mail with { IsReplacement = true }, Site));

        Assert.Contains(created, Assert.Single(registered.Opening), StringComparison.Ordinal);
        Assert.Contains(moved, Assert.Single(replaced.Opening), StringComparison.Ordinal);
        Assert.DoesNotContain(created, replaced.Opening[0], StringComparison.Ordinal);
        Assert.NotEqual((registered.Subject, registered.Heading, registered.Next), (replaced.Subject, replaced.Heading, replaced.Next));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void A_confirmation_without_its_occasion_announces_none(string language)
    {
        foreach (var mail in new AccountMail[]
        {
            SampleMails.Of<AccountMail.ConfirmEmail>(language) with { Occasion = null },
            SampleMails.Of<AccountMail.Welcome>(language) with { Occasion = null },
        })
        {
            var letter = Letters.For(mail, Site);

            Assert.Empty(letter.Facts);
            Assert.Single(letter.Opening);
        }
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void A_deactivation_says_when_and_why_as_far_as_is_known(string language)
    {
        var mail = SampleMails.Of<AccountMail.Deactivated>(language);
        var letters = new bool?[] { null, false, true }.Select(why => Letters.For(mail with { IsDomainBlocked = why }, Site)).ToList();

        Assert.Equal(3, letters.Select(letter => letter.Opening[0]).Distinct().Count());
        Assert.All(letters, letter => Assert.Contains("23:05", Assert.Single(letter.Facts).Value, StringComparison.Ordinal));
        Assert.Empty(Letters.For(mail with { At = null }, Site).Facts);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Ended_sessions_are_counted_in_words_that_fit(string language)
    {
        var openings = new[] { 0, 1, 2, 3 }.Select(count =>
            Letters.For(SampleMails.Of<AccountMail.PasswordChanged>(language) with { EndedSessions = count }, Site).Opening[0]).ToList();

        Assert.Equal(4, openings.Distinct().Count());
        Assert.StartsWith(openings[0] + " ", openings[1], StringComparison.Ordinal);
        Assert.Equal(openings[2].Replace('2', '3'), openings[3]);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Each_change_of_a_factor_has_words_of_its_own(string language)
    {
        var mail = SampleMails.Of<AccountMail.FactorChanged>(language);
        var letters = Enum.GetValues<FactorChange>().Select(change => Letters.For(mail with { Change = change }, Site)).ToList();

        Assert.Equal(5, letters.Select(letter => letter.Opening[0]).Distinct().Count());
        Assert.Equal(2, letters.Count(letter => letter.Next is null));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Whatever_was_taken_from_an_account_is_named_and_so_is_why(string language)
    {
        var mail = SampleMails.Of<AccountMail.WaysInRemoved>(language);
        var nothing = new RemovedWaysIn(0, [], HadApp: false, HadCodes: false, HadPassword: false);
        var lists = new[]
        {
            nothing with { Passkeys = 1 },
            nothing with { Passkeys = 2 },
            nothing with { Providers = ["Example ID"] },
            nothing with { HadApp = true },
            nothing with { HadCodes = true },
            nothing with { HadPassword = true },
        }.Select(removed => Letters.For(mail with { Removed = removed }, Site).Opening[1]).ToList();

        Assert.Equal(6, lists.Distinct().Count());
        Assert.NotEqual(Letters.For(mail, Site).Opening[0], Letters.For(mail with { IsByReport = false }, Site).Opening[0]);
        Assert.NotEqual(Letters.For(mail, Site).Next, Letters.For(mail with { Removed = nothing with { Passkeys = 1 } }, Site).Next);
    }

    private static string? DeviceIn(string language, AgentInfo agent)
    {
        var mail = SampleMails.Of<AccountMail.NewDevice>(language) with { Occasion = new MailOccasion(SampleMails.At, agent.Describe(), null, null) };
        return Letters.For(mail, Site).Facts[1].Value;
    }

    private static IEnumerable<string> Values(AccountMail mail) => mail switch
    {
        AccountMail.ConfirmEmail confirm => [confirm.Url, "19:30"],
        AccountMail.AlreadyRegistered registered => [registered.SignInUrl, registered.RecoveryUrl!],
        AccountMail.Welcome welcome => [welcome.SignInUrl],
        AccountMail.Invitation invitation => [invitation.Url, "19:30"],
        AccountMail.ResetPassword reset => [reset.Url, "19:30"],
        AccountMail.PasswordChanged changed => [changed.RecoveryUrl!, "3"],
        AccountMail.ConfirmNewEmail confirm => [confirm.Url, "19:30"],
        AccountMail.EmailChangeAsked asked => [asked.StopUrl, asked.NewEmail, "19:30"],
        AccountMail.EmailChanged changed => [changed.AccountUrl, changed.OldEmail, changed.NewEmail],
        AccountMail.EmailReturned returned => [returned.AccountUrl, returned.OldEmail, returned.NewEmail],
        AccountMail.NewDevice device => [device.NotMeUrl, "19:30"],
        AccountMail.FactorChanged changed => [changed.RecoveryUrl!, changed.SecurityUrl],
        AccountMail.RecoveryCodeUsed used => [used.SecurityUrl, "3"],
        AccountMail.CodesGuessed guessed => [guessed.RecoveryUrl!],
        AccountMail.PasswordGuessed guessed => [guessed.RecoveryUrl!],
        AccountMail.IdentityLinked linked => [linked.IdentitiesUrl, linked.Provider],
        AccountMail.IdentityUnlinked unlinked => [unlinked.IdentitiesUrl, unlinked.Provider],
        AccountMail.PasskeyAdded added => [added.SecurityUrl, "2"],
        AccountMail.PasskeyRemoved removed => [removed.SecurityUrl, "4"],
        AccountMail.WaysInRemoved removed => [removed.RecoveryUrl!, removed.SecurityUrl, "5", "Example ID"],
        AccountMail.Deactivated deactivated => [deactivated.PortalUrl, "00:05"],
        AccountMail.Deleted deleted => [deleted.PortalUrl],
        _ => throw new ArgumentOutOfRangeException(nameof(mail), mail, null),
    };

    /// <summary>Every text of a letter but its links' addresses.</summary>
    private static IEnumerable<string> Sentences(Letter letter) =>
    [
        letter.Subject, letter.Heading, letter.Greeting, .. letter.Opening,
        .. letter.Facts.SelectMany(fact => new[] { fact.Name, fact.Value }),
        .. new[] { letter.Next, letter.Action?.Label, letter.Second?.Label }.OfType<string>(),
        letter.CopyHint, .. letter.Closing, letter.NotYou, letter.Why,
    ];

    // Words that neither German nor French has.
    [GeneratedRegex(@"\b(the|you|your|with|this|that|from|at|and|address|password|nobody|until|somebody|click|unknown|sign|signed|hello|it|of|is|by)\b", RegexOptions.IgnoreCase)]
    private static partial Regex EnglishWord();
}
