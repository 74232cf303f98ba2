using System.Globalization;
using System.Net;
using Portal.Accounts;
using Portal.Accounts.Activity;
using Portal.Accounts.Administration;
using Portal.Accounts.Audit;

namespace Portal.Controls;

/// <summary>Which security events an address asks for; null and empty text ask for nothing in particular.</summary>
/// <param name="Kind">A kind's name or a group's.</param>
/// <param name="Subject">Whose account: an id, address or username.</param>
/// <param name="Actor">Who did it: the same.</param>
/// <param name="From">From this day or moment on; without a zone UTC.</param>
/// <param name="To">Up to and including this day, or before this moment.</param>
/// <param name="Ip">From exactly this network address.</param>
internal sealed record EventQuery(string? Kind, string? Subject, string? Actor, string? From, string? To, string? Ip)
{
    public const string KindName = "kind";
    public const string SubjectName = "subject";
    public const string ActorName = "actor";
    public const string FromName = "from";
    public const string ToName = "to";
    public const string IpName = "ip";

    public bool IsEmpty => string.IsNullOrEmpty(Kind + Subject + Actor + From + To + Ip);

    /// <summary>As the query of a request, or of a page's address, has it.</summary>
    public static EventQuery Of(Func<string, string?> said) =>
        new(said(KindName), said(SubjectName), said(ActorName), said(FromName), said(ToName), said(IpName));

    /// <summary>What the library is asked for; with errors, which say what cannot be read, it would find too much.</summary>
    public async Task<(AuditFilter Filter, IReadOnlyList<FieldError> Errors)> ReadAsync(IEventAdmin events, CancellationToken cancellationToken)
    {
        List<FieldError> errors = [];
        var kinds = AuditKindNames.FromName(Kind) is { } kind ? [kind] : ActivityGroups.FromName(Kind) is { } group ? ActivityGroups.KindsOf(group) : null;
        if (kinds is null && !string.IsNullOrEmpty(Kind))
        {
            errors.Add(new FieldError("Kind", $"Give the name of a kind, such as {AuditKind.SignedIn.ToName()}, or of a group: {string.Join(", ", Enum.GetValues<ActivityGroup>().Select(each => each.ToName()))}."));
        }

        var filter = new AuditFilter
        {
            Kinds = kinds,
            SubjectId = await PersonAsync("Subject", Subject),
            ActorId = await PersonAsync("Actor", Actor),
            From = Moment("From", From, isEnd: false),
            To = Moment("To", To, isEnd: true),
            Address = AddressOf(Ip),
        };
        if (filter.From >= filter.To)
        {
            errors.Add(new FieldError("To", "This is before the beginning."));
        }

        return (filter, errors);

        string? AddressOf(string? text)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                return null;
            }

            // What is half typed would be read as an old form: 192.0.2 as 192.0.0.2.
            if (IPAddress.TryParse(text.Trim(), out var address) && (text.Contains(':') || text.Count(character => character == '.') == 3))
            {
                return address.ToString();
            }

            errors.Add(new FieldError("Ip", "Give a whole network address, such as 192.0.2.7 or 2001:db8::7."));
            return null;
        }

        async Task<long?> PersonAsync(string field, string? text)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                return null;
            }

            var found = await events.FindPersonAsync(text, cancellationToken);
            if (found is null)
            {
                errors.Add(new FieldError(field, $"There is nobody called \"{text.Trim()}\". Give an address, a username, or the id of somebody who is gone."));
            }

            return found?.Id;
        }

        DateTimeOffset? Moment(string field, string? text, bool isEnd)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                return null;
            }

            if (DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < DateOnly.MaxValue)
            {
                return new DateTimeOffset(day.AddDays(isEnd ? 1 : 0).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
            }

            if (IsoMoment.Read(text) is { } moment)
            {
                return moment;
            }

            errors.Add(new FieldError(field, "Give a day as 2031-02-03, or a moment as 2031-02-03T04:05:06Z."));
            return null;
        }
    }
}
