using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Portal.Accounts.Data;
using Portal.Accounts.Domains;
using Portal.Accounts.Passwords;
using Portal.Accounts.Users;

namespace Portal.Accounts.Transfer;

/// <summary>Makes a user of a line, by the rules of all other ways in, without asking the database. May run for many lines at once.</summary>
internal sealed class UserReading(
    ProfileSchema schema,
    ProfileRules rules,
    FactorReading factors,
    UserNameRules names,
    IEnumerable<IEmailDomainRule> domainRules,
    PasswordHashing hashing,
    ILookupNormalizer normalizer,
    IOptions<AccountsOptions> options,
    IOptions<ExternalProvidersOptions> providers,
    TimeProvider time)
{
    /// <summary>Far more than anybody has, and few enough to make for a batch of people in one transaction.</summary>
    private const int MaxRoles = 1000;

    /// <summary>The last that JSON takes everywhere (RFC 8259, section 6). The numbers to come go on after the largest.</summary>
    private const long MaxId = (1L << 53) - 1;

    /// <summary>What Invenio calls preferences.</summary>
    private static readonly Dictionary<string, string> Renamed = new() { ["locale"] = "language", ["timezone"] = "time_zone" };

    // A foreign picture takes up to 200 MB to decode, so one at a time.
    private readonly Lock _decoding = new();

    /// <summary>The user, or what is wrong.</summary>
    /// <param name="record">The line.</param>
    /// <param name="request">In a dry run the hash is only looked at.</param>
    public (ImportedUser? User, string? Fault) Read(UserRecord record, ImportRequest request)
    {
        if (!EmailAddress.TryParse(record.Email, out var email))
        {
            return (null, EmailDomainRules.MalformedMessage);
        }

        var name = string.IsNullOrWhiteSpace(record.Username) ? null : TypedText.Normalize(record.Username) ?? "";
        var (now, isConfirmed) = (time.GetUtcNow(), record.ConfirmedAt is not null);
        List<string> faults = [];
        if (name is not null && names.Fault(name) is { } badName)
        {
            faults.Add(badName);
        }

        if (domainRules.Select(rule => rule.Refuse(email.Value, email.Domain)).FirstOrDefault(refusal => refusal is not null) is { } refused)
        {
            faults.Add(refused);
        }

        if (record is { BlockedAt: not null, Active: true })
        {
            faults.Add("Somebody who is blocked is not active: give active as false.");
        }

        if (record.Id is <= 0 or > MaxId)
        {
            faults.Add("An id is a number from 1 to 9007199254740991.");
        }

        // In the form in which they are made, so that two ways to write one are one.
        var roles = (record.Roles ?? []).Select(TypedText.Normalize).ToList();
        if (roles.Any(string.IsNullOrEmpty))
        {
            faults.Add("A role has a name.");
        }

        if (roles.Count > MaxRoles)
        {
            faults.Add($"Nobody has more than {MaxRoles} roles.");
        }

        var user = new User
        {
            Id = record.Id ?? 0,
            Email = email.Value,
            NormalizedEmail = normalizer.NormalizeEmail(email.Value),
            Domain = email.Domain,
            UserName = name,
            NormalizedUserName = normalizer.NormalizeName(name),
            IsActive = record.Active is true,
            EmailConfirmed = isConfirmed,
            ConfirmedAt = record.ConfirmedAt,
            BlockedAt = record.BlockedAt,
            CreatedAt = record.Created ?? now,
            UpdatedAt = record.Updated ?? record.Created ?? now,
            SecurityStamp = Guid.CreateVersion7().ToString(),
            LockoutEnabled = true,
            HasShortPassword = record.ShortPassword ?? false,
        };
        UserDefaults.Apply(user, options.Value, now);
        // The file knows who was trusted.
        user.VerifiedAt = record.VerifiedAt;
        ReadProfile(record.Profile, user, faults);
        ReadPreferences(record.Preferences, user, faults);
        var identities = ReadIdentities(record.Identities ?? [], now, faults);
        var login = ReadLogin(record.Login, user, now, faults);
        var passkeys = factors.Passkeys(record, user, now, faults);
        var (authenticator, codes) = factors.SecondFactor(record, now, faults);
        user.TwoFactorEnabled = authenticator is not null;
        var picture = ReadPicture(record.Picture, now, faults);
        if (!string.IsNullOrEmpty(record.Password) && hashing.Refuse(record.Password) is { } badHash)
        {
            faults.Add(badHash);
        }

        if (faults.Count > 0)
        {
            return (null, string.Join(' ', faults));
        }

        user.PasswordHash = string.IsNullOrEmpty(record.Password) || request.IsDryRun ? null : hashing.Keep(record.Password);
        return (new ImportedUser(user, login, [.. roles.OfType<string>().DistinctBy(normalizer.NormalizeName)], identities)
        {
            Unique = [.. SeenValue.OfUser(user, identities, passkeys, request.KeepsIds)],
            HasOwnCreation = record.Created is not null,
            Picture = picture,
            Passkeys = passkeys,
            Authenticator = authenticator,
            RecoveryCodes = codes,
        }, null);
    }

    private UserPicture? ReadPicture(byte[]? given, DateTimeOffset now, List<string> faults)
    {
        if (given is not { Length: > 0 })
        {
            return null;
        }

        lock (_decoding)
        {
            var (content, fault) = SquarePicture.Kept(given);
            if (content is not null)
            {
                return new UserPicture { Content = content, ContentType = SquarePicture.ContentType, Version = Guid.CreateVersion7().ToString("N"), UpdatedAt = now };
            }

            faults.Add($"The picture: {fault}");
            return null;
        }
    }

    private void ReadProfile(JsonElement? given, User user, List<string> faults)
    {
        if (given is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } profile)
        {
            var (stored, errors) = schema.Read(profile.GetRawText());
            user.Profile = stored ?? user.Profile;
            faults.AddRange(errors);
        }
    }

    private void ReadPreferences(Dictionary<string, string?>? wanted, User user, List<string> faults)
    {
        if (wanted is { Count: > 0 })
        {
            Dictionary<string, string?> wishes = [];
            foreach (var (given, value) in wanted)
            {
                var name = Renamed.GetValueOrDefault(given, given);
                // Other portals speak more languages than this one, which is no reason to refuse a person.
                if (!wishes.TryAdd(PreferenceNames.PreferencesPrefix + name, name is "language" ? SiteLanguages.Near(value?.Trim()) : value))
                {
                    faults.Add($"The preference \"{name}\" is given twice.");
                }
            }

            var (values, errors) = rules.Check(wishes);
            ProfileValues.Apply(user, values);
            faults.AddRange(errors.Select(error => error.Message));
        }
    }

    private List<UserIdentity> ReadIdentities(IReadOnlyList<IdentityRecord> given, DateTimeOffset now, List<string> faults)
    {
        if (given.Any(identity => identity?.Method is not { Length: > 0 and <= PortalDbContext.Lengths.Scheme }
            || identity.ExternalId is not { Length: > 0 and <= PortalDbContext.Lengths.ExternalId }
            || identity.Method.Concat(identity.ExternalId).Any(char.IsControl)))
        {
            faults.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"An identity has a method of at most {PortalDbContext.Lengths.Scheme} characters and an external_id of at most {PortalDbContext.Lengths.ExternalId}, both without control characters."));
            return [];
        }

        if (given.DistinctBy(identity => identity.Method).Count() < given.Count)
        {
            faults.Add("There is one identity of a method for each user.");
        }

        return [.. given.Select(identity => new UserIdentity
        {
            LoginProvider = identity.Method!,
            ProviderKey = identity.ExternalId!,
            ProviderDisplayName = providers.Value.NameOf(identity.Method!),
            CreatedAt = identity.Created ?? now,
            UpdatedAt = identity.Updated ?? identity.Created ?? now,
        })];
    }

    private LoginInformation? ReadLogin(LoginRecord? given, User user, DateTimeOffset now, List<string> faults)
    {
        if (given is null)
        {
            return null;
        }

        if (given.LoginCount < 0)
        {
            faults.Add("A login has a count from 0.");
        }

        user.SignedInAt = given.CurrentLoginAt ?? given.LastLoginAt ?? default;
        var oldest = now - options.Value.IpRetention;
        return new LoginInformation
        {
            LastLoginAt = given.LastLoginAt,
            LastLoginIp = given.LastLoginAt >= oldest ? AddressOf(given.LastLoginIp) : null,
            CurrentLoginAt = given.CurrentLoginAt,
            CurrentLoginIp = given.CurrentLoginAt >= oldest ? AddressOf(given.CurrentLoginIp) : null,
            LoginCount = given.LoginCount ?? 0,
        };
    }

    /// <summary>Null for what is none, as Invenio's "untrackable": it tells nothing, and no reason to refuse a person.</summary>
    private static string? AddressOf(string? text) => text?.Length <= PortalDbContext.Lengths.Ip && IPAddress.TryParse(text, out _) ? text : null;
}
