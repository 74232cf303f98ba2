using System.Security.Claims;
using Portal.Accounts.Events;
using Portal.Accounts.Profiles;
using Portal.Accounts.Users;

namespace Portal.Tests.Web.Profile;

/// <summary>A profile in memory, with the answers a test wants.</summary>
internal sealed class FakeProfiles : IProfileService, IPictureService, IAccountEvents
{
    private readonly List<Action<AccountEvent>> handlers = [];

    public Dictionary<string, string?> Values { get; } = new()
    {
        ["profile.full_name"] = null,
        ["profile.affiliations"] = null,
        [PreferenceNames.Visibility] = "restricted",
        [PreferenceNames.EmailVisibility] = "restricted",
        [PreferenceNames.Language] = null,
        [PreferenceNames.TimeZone] = null,
        [PreferenceNames.Theme] = "system",
    };

    public string? Picture { get; set; }

    public bool IsGone { get; set; }

    public List<ProfileField> Fields { get; } =
    [
        new("full_name", "Full name", ProfileFieldKind.Text, 255, false, null, "name", []),
        new("affiliations", "Affiliations", ProfileFieldKind.Text, 255, false, "Where you work or study.", "organization", []),
    ];

    public List<ProfileEdit> Edits { get; } = [];

    /// <summary>What the next save answers; null saves.</summary>
    public Func<ProfileEdit, ProfileOutcome?> Answer { get; set; } = _ => null;

    public Func<Stream, PictureOutcome> AnswerPicture { get; set; } = _ => new PictureOutcome.Saved("v1");

    public int Subscribers => handlers.Count;

    IReadOnlyList<ProfileField> IProfileService.Fields => Fields;

    public ProfileInfo Now => new(1, "ada@example.org", "ada", new Dictionary<string, string?>(Values), Picture, "version");

    public Task<ProfileInfo?> FindAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default) => Task.FromResult(IsGone ? null : Now);

    public Task<ProfileOutcome> SaveAsync(ClaimsPrincipal person, ProfileEdit edit, CancellationToken cancellationToken = default)
    {
        Edits.Add(edit);
        if (Answer(edit) is { } answer)
        {
            return Task.FromResult(answer);
        }

        foreach (var (name, value) in edit.Changes)
        {
            Values[name] = value;
        }

        return Task.FromResult<ProfileOutcome>(new ProfileOutcome.Saved(Now));
    }

    public Task<PictureOutcome> SaveAsync(ClaimsPrincipal person, Stream file, CancellationToken cancellationToken = default)
    {
        var outcome = AnswerPicture(file);
        Picture = outcome is PictureOutcome.Saved saved ? saved.Version : Picture;
        return Task.FromResult(outcome);
    }

    public Task<PictureOutcome> RemoveAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default)
    {
        Picture = null;
        return Task.FromResult<PictureOutcome>(new PictureOutcome.Saved(null));
    }

    public Task<PictureInfo?> FindAsync(ClaimsPrincipal person, string version, CancellationToken cancellationToken = default) =>
        throw new InvalidOperationException("No page reads a picture's content.");

    public IDisposable Subscribe(Action<AccountEvent> handler)
    {
        handlers.Add(handler);
        return new Subscription(() => handlers.Remove(handler));
    }

    public void Publish(AccountEvent happened) => handlers.ToList().ForEach(handler => handler(happened));

    private sealed class Subscription(Action dispose) : IDisposable
    {
        public void Dispose() => dispose();
    }
}
