using System.Globalization;
using Microsoft.AspNetCore.Components;
using Portal.Accounts.Credentials;
using Portal.Accounts.Sessions;
using Portal.Accounts.SignIn;
using Portal.Accounts.Users;
using Portal.Controls;

namespace Portal.Account;

public sealed partial class NotMePage
{
    // Open until looked at: a form is there to be handled when it is sent, however its link stands by then.
    private State _state = State.Open;
    private SessionInfo? _session;
    private AddressReturn _address;

    private enum State
    {
        Invalid,
        Used,
        Expired,
        Open,
        Done,
    }

    [Inject] private NavigationManager Navigation { get; init; } = null!;

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery] private string? User { get; set; }

    [SupplyParameterFromQuery] private string? Token { get; set; }

    /// <summary>There where the link has just done its work.</summary>
    [SupplyParameterFromQuery] private string? Done { get; set; }

    private long UserId => long.TryParse(User, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;

    private bool IsByPasskey => _session is { Provider: null, Method: var method } && SessionMethods.IsByPasskeyAlone(method);

    /// <summary>What whoever signed in has, and how to take it from them.</summary>
    private string Remedy => _session switch
    {
        null => "Replace what it was opened with, your password above all.",
        { Provider: { } provider } => $"Whoever signed in can sign in as you at {provider}, so change your password there now.",
        _ when IsByPasskey => "Whoever signed in has one of your passkeys, or the device that keeps it, so remove that passkey now.",
        _ => "Whoever signed in knows your password, so replace it now.",
    };

    protected override async Task OnInitializedAsync()
    {
        if (HttpMethods.IsGet(Http.Request.Method))
        {
            Show(await NotMe.FindAsync(UserId, Token, Http.RequestAborted), State.Open);
            if (_state is State.Done)
            {
                SiteData.Clear(Http.Response);
            }
        }
    }

    private async Task EndSessionAsync()
    {
        var link = await NotMe.EndSessionAsync(Http, UserId, Token, Http.RequestAborted);
        if (link is { Status: OneTimeLinkStatus.Usable, Session: { } ended } && ended.Id == Http.User.SessionId())
        {
            // Asked for anew: the frame of this answer was made for whoever was signed in here, and is no longer.
            Navigation.NavigateTo(PortalUrls.NotMeDone(User!, Token!));
            return;
        }

        Show(link, State.Done);
    }

    private void Show(NotMeLink link, State whenUsable) => (_session, _address, _state) = (link.Session, link.Address, link.Status switch
    {
        OneTimeLinkStatus.Usable => whenUsable,
        OneTimeLinkStatus.Used => Done is null ? State.Used : State.Done,
        OneTimeLinkStatus.Expired => State.Expired,
        _ => State.Invalid,
    });
}
