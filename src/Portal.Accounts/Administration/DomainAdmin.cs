using Portal.Accounts.Domains;

namespace Portal.Accounts.Administration;

internal sealed class DomainAdmin(DomainLists lists, DomainReach reach, DomainChanges changes, DomainPeople people) : IDomainAdmin
{
    public Task<DomainList> ListAsync(DomainFilter filter, DomainSort sort, bool isDescending, ListWindow? window, CancellationToken cancellationToken) =>
        lists.ListAsync(filter, sort, isDescending, window ?? new ListWindow(), cancellationToken);

    public Task<DomainInfo?> FindAsync(string domain, CancellationToken cancellationToken) => lists.FindAsync(domain, cancellationToken);

    public Task<DomainEffect> PreviewAsync(string domain, string status, CancellationToken cancellationToken) =>
        EmailAddress.DomainOf(domain) is { } name && DomainStatusNames.FromName(status) is { } decided
            ? reach.PreviewAsync(name, decided, cancellationToken)
            : Task.FromResult(DomainEffect.None);

    public async Task<AdminOutcome> CreateAsync(string domain, Operator by, CancellationToken cancellationToken) =>
        EmailAddress.DomainOf(domain) is { } name
            ? await changes.WriteAsync(name, new DomainEdit(), mayBeNew: true, by, cancellationToken)
            : NoName(domain);

    public async Task<AdminOutcome> SetAsync(string domain, string status, Operator by, Action<long>? progress, CancellationToken cancellationToken) =>
        EmailAddress.DomainOf(domain) is { } name
            ? await ChangeAsync(name, new DomainEdit { Status = status }, mayBeNew: true, by, progress, cancellationToken)
            : NoName(domain);

    public async Task<AdminOutcome> EditAsync(string domain, DomainEdit edit, Operator by, Action<long>? progress, CancellationToken cancellationToken) =>
        EmailAddress.DomainOf(domain) is { } name
            ? await ChangeAsync(name, edit, mayBeNew: false, by, progress, cancellationToken)
            : DomainChanges.NotListed(domain);

    public async Task<AdminOutcome> DeleteAsync(string domain, Operator by, string? version, CancellationToken cancellationToken) =>
        EmailAddress.DomainOf(domain) is { } name
            ? await changes.DeleteAsync(name, version, by, cancellationToken)
            : DomainChanges.NotListed(domain);

    /// <summary>Also where nothing is new: people who did not follow a decision yet do then.</summary>
    private async Task<AdminOutcome> ChangeAsync(
        string name, DomainEdit edit, bool mayBeNew, Operator by, Action<long>? progress, CancellationToken cancellationToken)
    {
        var written = await changes.WriteAsync(name, edit, mayBeNew, by, cancellationToken);
        if (written is not (AdminOutcome.Done or AdminOutcome.Unchanged) || DomainStatusNames.FromName(edit.Status ?? "") is not { } decided)
        {
            return written;
        }

        var (touched, ended) = await people.ObeyAsync(name, decided, by, progress, cancellationToken);
        return written is AdminOutcome.Done || touched > 0 ? new AdminOutcome.Done(ended) : written;
    }

    private static AdminOutcome.Refused NoName(string domain) =>
        new([new FieldError("Domain", $"\"{domain}\" is no domain's name. Write it like example.org.")]);
}
