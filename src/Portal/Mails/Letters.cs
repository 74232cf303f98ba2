using System.Globalization;
using Portal.Accounts;
using Portal.Accounts.Mail;
using Portal.Accounts.Sessions;
using Portal.Accounts.Sessions.Geo;

namespace Portal.Mails;

/// <summary>What each mail says, in one language. Plain words, never markup: encoding is the business of who writes them down.</summary>
/// <remarks>
/// A class a language and a method a mail, so that a letter that is missing in a language does not compile. Whole letters,
/// no table of sentences: a translator reads and writes them one by one. A mail can arrive twice; none says anything that
/// would then be wrong or frightening.
/// </remarks>
internal abstract class Letters(string site, TimeZoneInfo? zone)
{
    private const string SystemMark = " on ";
    private const string UnknownBrowser = "Unknown browser";
    private const string UnknownSystem = "an unknown system";

    protected string Site => site;

    protected abstract LetterWords Words { get; }

    private CultureInfo Culture => CultureInfo.GetCultureInfo(Words.Language);

    /// <summary>The mail in the language and zone it asks for; English where there is no such language, UTC where there is no such zone.</summary>
    /// <exception cref="NotSupportedException">A mail that is never written down.</exception>
    public static Letter For(AccountMail mail, string site) =>
        In(SiteLanguages.Nearest(mail.Culture), site, ZoneOf(mail.TimeZone)).Write(mail);

    protected abstract Letter ConfirmEmail(AccountMail.ConfirmEmail mail);

    protected abstract Letter AlreadyRegistered(AccountMail.AlreadyRegistered mail);

    protected abstract Letter Welcome(AccountMail.Welcome mail);

    protected abstract Letter Invitation(AccountMail.Invitation mail);

    protected abstract Letter ResetPassword(AccountMail.ResetPassword mail);

    protected abstract Letter PasswordChanged(AccountMail.PasswordChanged mail);

    protected abstract Letter ConfirmNewEmail(AccountMail.ConfirmNewEmail mail);

    protected abstract Letter EmailChangeAsked(AccountMail.EmailChangeAsked mail);

    protected abstract Letter EmailChanged(AccountMail.EmailChanged mail);

    protected abstract Letter EmailReturned(AccountMail.EmailReturned mail);

    protected abstract Letter NewDevice(AccountMail.NewDevice mail);

    protected abstract Letter FactorChanged(AccountMail.FactorChanged mail);

    protected abstract Letter RecoveryCodeUsed(AccountMail.RecoveryCodeUsed mail);

    protected abstract Letter CodesGuessed(AccountMail.CodesGuessed mail);

    protected abstract Letter PasswordGuessed(AccountMail.PasswordGuessed mail);

    protected abstract Letter IdentityLinked(AccountMail.IdentityLinked mail);

    protected abstract Letter IdentityUnlinked(AccountMail.IdentityUnlinked mail);

    protected abstract Letter PasskeyAdded(AccountMail.PasskeyAdded mail);

    protected abstract Letter PasskeyRemoved(AccountMail.PasskeyRemoved mail);

    protected abstract Letter WaysInRemoved(AccountMail.WaysInRemoved mail);

    protected abstract Letter Deactivated(AccountMail.Deactivated mail);

    protected abstract Letter Deleted(AccountMail.Deleted mail);

    /// <summary>Whether an administrator did it, at the person's wish or not.</summary>
    protected static bool IsByAdministrator(FactorChange change) =>
        change is FactorChange.AppRemovedByAdministrator or FactorChange.AppAndPasswordRemovedByAdministrator;

    /// <summary>Whether a passkey alone opened the account, so that no password need be known to anybody.</summary>
    protected static bool IsByPasskey(AccountMail.NewDevice mail) => mail.Provider is null && SessionMethods.IsByPasskeyAlone(mail.Method);

    /// <summary>A moment in the reader's zone, which it names.</summary>
    protected string Moment(DateTimeOffset at)
    {
        var local = zone is null ? at.ToUniversalTime() : TimeZoneInfo.ConvertTime(at, zone);
        var format = local.Day == 1 ? Words.MomentOnTheFirst ?? Words.Moment : Words.Moment;
        var named = zone is null ? "UTC" : $"({zone.Id.Replace('_', ' ')}, UTC{local.ToString("zzz", CultureInfo.InvariantCulture).Replace('-', '−')})";
        return $"{local.ToString(format, Culture)} {named}";
    }

    /// <summary>What is known of an occasion, line by line.</summary>
    protected IReadOnlyList<LetterFact> Facts(MailOccasion? occasion)
    {
        if (occasion is null)
        {
            return [];
        }

        var facts = new (string Name, string? Value)[]
        {
            (Words.When, Moment(occasion.At)),
            (Words.Device, DeviceOf(occasion.Device)),
            (Words.Place, CountryNames.NameOf(occasion.Country, Culture)),
            (Words.Address, occasion.Ip),
        };
        return [.. facts.Where(fact => fact.Value is { Length: > 0 }).Select(fact => new LetterFact(fact.Name, fact.Value!))];
    }

    /// <summary>Only when, where more is nobody's business.</summary>
    protected IReadOnlyList<LetterFact> Facts(DateTimeOffset? at) => at is { } moment ? Facts(new MailOccasion(moment, null, null, null)) : [];

    private static Letters In(string language, string site, TimeZoneInfo? zone) => language switch
    {
        "de" => new GermanLetters(site, zone),
        "fr" => new FrenchLetters(site, zone),
        _ => new EnglishLetters(site, zone),
    };

    private static TimeZoneInfo? ZoneOf(string? id) =>
        id is { Length: > 0 } && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) && zone.Id != "UTC" && zone.Id != "Etc/UTC" ? zone : null;

    private Letter Write(AccountMail mail)
    {
        Letter letter = mail switch
        {
            AccountMail.ConfirmEmail confirm => ConfirmEmail(confirm),
            AccountMail.AlreadyRegistered registered => AlreadyRegistered(registered),
            AccountMail.Welcome welcome => Welcome(welcome),
            AccountMail.Invitation invitation => Invitation(invitation),
            AccountMail.ResetPassword reset => ResetPassword(reset),
            AccountMail.PasswordChanged changed => PasswordChanged(changed),
            AccountMail.ConfirmNewEmail confirm => ConfirmNewEmail(confirm),
            AccountMail.EmailChangeAsked asked => EmailChangeAsked(asked),
            AccountMail.EmailChanged changed => EmailChanged(changed),
            AccountMail.EmailReturned returned => EmailReturned(returned),
            AccountMail.NewDevice device => NewDevice(device),
            AccountMail.FactorChanged changed => FactorChanged(changed),
            AccountMail.RecoveryCodeUsed used => RecoveryCodeUsed(used),
            AccountMail.CodesGuessed guessed => CodesGuessed(guessed),
            AccountMail.PasswordGuessed guessed => PasswordGuessed(guessed),
            AccountMail.IdentityLinked linked => IdentityLinked(linked),
            AccountMail.IdentityUnlinked unlinked => IdentityUnlinked(unlinked),
            AccountMail.PasskeyAdded added => PasskeyAdded(added),
            AccountMail.PasskeyRemoved removed => PasskeyRemoved(removed),
            AccountMail.WaysInRemoved removed => WaysInRemoved(removed),
            AccountMail.Deactivated deactivated => Deactivated(deactivated),
            AccountMail.Deleted deleted => Deleted(deleted),
            _ => throw new NotSupportedException($"There is no letter for {mail.GetType().Name}."),
        };
        return letter with
        {
            Greeting = mail.GreetingName is { } name ? string.Format(Culture, Words.HelloName, name) : Words.Hello,
            CopyHint = Words.CopyHint,
            Colon = Words.Colon,
            Language = Words.Language,
        };
    }

    /// <summary>"Firefox on Linux" with this language's words between and for what is not known. Names stay as they are.</summary>
    private string? DeviceOf(string? device)
    {
        if (device?.IndexOf(SystemMark, StringComparison.Ordinal) is not (> 0 and var mark))
        {
            return device;
        }

        var (browser, system) = (device[..mark], device[(mark + SystemMark.Length)..]);
        return $"{(browser == UnknownBrowser ? Words.UnknownBrowser : browser)} {Words.On} {(system == UnknownSystem ? Words.UnknownSystem : system)}";
    }
}
