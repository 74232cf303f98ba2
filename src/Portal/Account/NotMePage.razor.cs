using System.Globalization;
using Microsoft.AspNetCore.Components;
using Portal.Accounts.Sessions;
using Portal.Accounts.SignIn;
using Portal.Accounts.Users;

namespace Portal.Account;

public sealed partial class NotMePage
{
    // Open until looked at: a form is there to be handled when it is sent, however its link stands by then.
    private State _state = State.Open;
    private SessionInfo? _session;

    private enum State
    {
        Invalid,
        Used,
        Expired,
        Open,
        Done,
    }

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery] private string? User { get; set; }

    [SupplyParameterFromQuery] private string? Token { get; set; }

    private long UserId => long.TryParse(User, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;

    protected override async Task OnInitializedAsync()
    {
        if (HttpMethods.IsGet(Http.Request.Method))
        {
            Show(await NotMe.FindAsync(UserId, Token, Http.RequestAborted), State.Open);
        }
    }

    private async Task EndSessionAsync() => Show(await NotMe.EndSessionAsync(Http, UserId, Token, Http.RequestAborted), State.Done);

    private void Show(NotMeLink link, State whenUsable) => (_session, _state) = (link.Session, link.Status switch
    {
        OneTimeLinkStatus.Usable => whenUsable,
        OneTimeLinkStatus.Used => State.Used,
        OneTimeLinkStatus.Expired => State.Expired,
        _ => State.Invalid,
    });
}
