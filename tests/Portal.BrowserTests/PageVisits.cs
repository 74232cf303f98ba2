using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using Portal.Testing;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests;

/// <summary>Every page, in every state that looks different, by name.</summary>
public abstract partial class PageVisits(BrowserAndPortal shared) : BrowserTest(shared)
{
    private static readonly Dictionary<string, Func<PageVisits, Action<BrowserNewContextOptions>?, Task<IPage>>> Visits = new()
    {
        ["sign-in"] = (visits, configure) => visits.GoAsync(PortalUrls.SignInPath, configure),
        ["sign-in-refused"] = (visits, configure) => visits.SignInRefusedAsync(configure),
        ["sign-in-providers"] = (visits, configure) => visits.ProvidersAsync(configure, PortalUrls.SignInRefused("denied")),
        ["register-external"] = (visits, configure) => visits.RegisterExternalAsync(configure, hasAccount: false),
        ["register-external-known"] = (visits, configure) => visits.RegisterExternalAsync(configure, hasAccount: true),
        ["register-external-over"] = (visits, configure) => visits.ProvidersAsync(configure, PortalUrls.ExternalRegister()),
        ["identities"] = (visits, configure) => visits.OwnIdentitiesAsync(configure, PortalUrls.IdentitiesRefused("linked-elsewhere")),
        ["identities-question"] = (visits, configure) => visits.OwnIdentitiesAsync(configure, PortalUrls.IdentitiesPath, isAsked: true),
        ["register"] = (visits, configure) => visits.GoAsync(PortalUrls.RegisterPath, configure),
        ["register-refused"] = (visits, configure) => visits.RegisterRefusedAsync(configure),
        ["check-your-mail"] = (visits, configure) => visits.GoAsync(PortalUrls.CheckYourMailPath, configure),
        ["confirm"] = (visits, configure) => visits.ConfirmAsync(configure, times: 0),
        ["confirmed"] = (visits, configure) => visits.ConfirmAsync(configure, times: 1),
        ["confirm-used"] = (visits, configure) => visits.ConfirmAsync(configure, times: 2),
        ["confirm-expired"] = (visits, configure) => visits.LateAsync(visits.ConfirmAsync(configure, times: 0)),
        ["confirm-broken"] = (visits, configure) => visits.GoAsync(PortalUrls.ConfirmEmail("1", "cut-short"), configure),
        ["resend"] = (visits, configure) => visits.GoAsync(PortalUrls.ResendConfirmationPath, configure),
        ["resend-own"] = (visits, configure) => visits.ResendToOwnAsync(configure),
        ["resend-sent"] = (visits, configure) => visits.ResendAsync(configure),
        ["forgot-password"] = (visits, configure) => visits.GoAsync(PortalUrls.ForgotPasswordPath, configure),
        ["forgot-password-sent"] = (visits, configure) => visits.ForgotAsync(configure, $"forgot-{Guid.CreateVersion7():N}@example.org"),
        ["reset-password"] = (visits, configure) => visits.ResetAsync(configure, isDone: false),
        ["reset-password-done"] = (visits, configure) => visits.ResetAsync(configure, isDone: true),
        ["reset-password-expired"] = (visits, configure) => visits.LateAsync(visits.ResetAsync(configure, isDone: false)),
        ["reset-password-broken"] = (visits, configure) => visits.GoAsync(PortalUrls.ResetPassword("1", "cut-short"), configure),
        ["password"] = (visits, configure) => visits.PasswordAsync(configure, isRefused: false),
        ["password-refused"] = (visits, configure) => visits.PasswordAsync(configure, isRefused: true),
        ["security"] = (visits, configure) => visits.SecurityAsync(configure),
        ["security-setup"] = (visits, configure) => visits.SecurityAsync(configure, isBegun: true),
        ["security-setup-refused"] = (visits, configure) => visits.SecurityAsync(configure, isRefused: true),
        ["security-codes"] = (visits, configure) => visits.SecurityAsync(configure, hasCodes: true),
        ["security-app"] = (visits, configure) => visits.SecurityAsync(configure, hasApp: true),
        ["security-question"] = (visits, configure) => visits.SecurityAsync(configure, isAsked: true),
        ["two-factor"] = (visits, configure) => visits.SecondStepAsync(configure),
        ["two-factor-refused"] = (visits, configure) => visits.SecondStepAsync(configure, isRefused: true),
        ["recovery-code"] = (visits, configure) => visits.SecondStepAsync(configure, isOnPaper: true),
        ["sign-in-late"] = (visits, configure) => visits.GoAsync(PortalUrls.SignInAgain(), configure),
        ["not-me"] = (visits, configure) => visits.NotMeAsync(configure, times: 0),
        ["not-me-done"] = (visits, configure) => visits.NotMeAsync(configure, times: 1),
        ["not-me-used"] = (visits, configure) => visits.NotMeAsync(configure, times: 2),
        ["not-me-broken"] = (visits, configure) => visits.GoAsync(PortalUrls.NotMe("1", "cut-short"), configure),
        ["overview"] = (visits, configure) => visits.OverviewAsync(configure, isMissing: false),
        ["overview-missing"] = (visits, configure) => visits.OverviewAsync(configure, isMissing: true),
        ["email"] = (visits, configure) => visits.EmailAsync(configure),
        ["email-refused"] = (visits, configure) => visits.EmailAsync(configure, "not an address"),
        ["email-waiting"] = (visits, configure) => visits.EmailAsync(configure, NewAddress()),
        ["email-prove"] = (visits, configure) => visits.ProveAsync(configure),
        ["confirm-new-email"] = (visits, configure) => visits.NewEmailAsync(configure, isStop: false, isDone: false),
        ["confirm-new-email-done"] = (visits, configure) => visits.NewEmailAsync(configure, isStop: false, isDone: true),
        ["confirm-new-email-broken"] = (visits, configure) => visits.GoAsync(PortalUrls.ConfirmNewEmail("1", "cut-short"), configure),
        ["stop-email-change"] = (visits, configure) => visits.NewEmailAsync(configure, isStop: true, isDone: false),
        ["stop-email-change-done"] = (visits, configure) => visits.NewEmailAsync(configure, isStop: true, isDone: true),
        ["passkeys"] = (visits, configure) => visits.PasskeysAsync(configure, hasPasskey: true),
        ["passkeys-refused"] = (visits, configure) => visits.PasskeysAsync(configure, hasPasskey: true, isRefused: true),
        ["passkeys-prove"] = (visits, configure) => visits.PasskeysAsync(configure, hasPasskey: true, isProving: true),
        ["passkeys-rename"] = (visits, configure) => visits.PasskeysAsync(configure, hasPasskey: true, isRenaming: true),
        ["privacy"] = (visits, configure) => visits.PrivacyAsync(configure),
        ["privacy-refused"] = (visits, configure) => visits.PrivacyAsync(configure, isRefused: true),
        ["privacy-question"] = (visits, configure) => visits.PrivacyAsync(configure, isAsked: true),
        ["signed-out-deleted"] = (visits, configure) => visits.GoAsync(PortalUrls.AccountDeleted(), configure),
        ["signed-out-you"] = (visits, configure) => visits.GoAsync(PortalUrls.SignedOut("you"), configure),
        ["signed-out-revoked"] = (visits, configure) => visits.GoAsync(PortalUrls.SignedOut("revoked"), configure),
        ["setup-closed"] = (visits, configure) => visits.GoAsync(PortalUrls.SetupPath, configure),
        ["reference"] = (visits, configure) => visits.ReferenceAsync(configure),
        ["access-denied"] = (visits, configure) => visits.GoAsync(PortalUrls.AccessDeniedPath, configure, "status of 403"),
        ["not-found"] = (visits, configure) => visits.GoAsync("/nowhere", configure, "status of 404"),
        ["sessions-alone"] = (visits, configure) => visits.SessionsAsync(configure),
        ["sessions"] = (visits, configure) => visits.SessionsAsync(configure, Device.Safari, Device.Phone, Device.Edge, Device.Firefox),
        ["sessions-question"] = (visits, configure) => visits.QuestionAsync(configure),
        ["too-many-sessions"] = (visits, configure) => visits.TooManySessionsAsync(configure),
        ["sessions-idle"] = (visits, configure) => visits.IdleAsync(configure),
        ["sessions-menu"] = (visits, configure) => visits.MenuAsync(configure),
        ["profile"] = (visits, configure) => visits.ProfileAsync(configure),
        ["profile-refused"] = (visits, configure) => visits.ProfileRefusedAsync(configure),
        ["profile-conflict"] = (visits, configure) => visits.ProfileConflictAsync(configure),
        ["profile-leaving"] = (visits, configure) => visits.ProfileLeavingAsync(configure),
        ["activity"] = (visits, configure) => visits.ActivityAsync(configure, PortalUrls.ActivityPath),
        ["activity-empty"] = (visits, configure) => visits.ActivityAsync(configure, PortalUrls.Activity("email")),
        ["activity-question"] = (visits, configure) => visits.NotMeAsync(configure),
        ["admin-users"] = (visits, configure) => visits.UsersAsync(configure),
        ["admin-users-none"] = (visits, configure) => visits.AdminAsync(configure, $"{PortalUrls.AdminUsersPath}?q=nobody-at-all", isPlain: true),
        ["admin-users-narrowing"] = (visits, configure) => visits.UsersNarrowingAsync(configure),
        ["admin-users-bulk"] = (visits, configure) => visits.UsersAsync(configure, isAsked: true),
        ["admin-roles"] = (visits, configure) => visits.AdminAsync(configure, PortalUrls.AdminRolesPath),
        ["admin-roles-new"] = (visits, configure) => visits.NewRoleAsync(configure),
        ["admin-role"] = (visits, configure) => visits.RoleAsync(configure, isSearched: false),
        ["admin-role-searched"] = (visits, configure) => visits.RoleAsync(configure, isSearched: true),
        ["admin-role-none"] = (visits, configure) => visits.AdminAsync(configure, PortalUrls.AdminRole("no-such-role"), isPlain: true),
        ["admin-invite"] = (visits, configure) => visits.AdminAsync(configure, PortalUrls.AdminInvitePath),
        ["admin-user"] = (visits, configure) => visits.UserAsync(configure, "overview"),
        ["admin-user-profile"] = (visits, configure) => visits.UserAsync(configure, "profile"),
        ["admin-user-conflict"] = (visits, configure) => visits.UserConflictAsync(configure),
        ["admin-user-roles"] = (visits, configure) => visits.UserAsync(configure, "roles"),
        ["admin-user-sessions"] = (visits, configure) => visits.UserAsync(configure, "sessions"),
        ["admin-user-sign-in"] = (visits, configure) => visits.UserAsync(configure, "signin"),
        ["admin-user-events"] = (visits, configure) => visits.UserAsync(configure, "events"),
        ["admin-user-moderation"] = (visits, configure) => visits.UserAsync(configure, "moderation"),
        ["admin-user-delete"] = (visits, configure) => visits.UserAsync(configure, "moderation", "Delete"),
        ["admin-user-none"] = (visits, configure) => visits.AdminAsync(configure, PortalUrls.AdminUser("999999999"), isPlain: true),
        ["invitation"] = (visits, configure) => visits.InvitationAsync(configure),
        ["invitation-broken"] = (visits, configure) => visits.GoAsync(PortalUrls.Invitation("1", "cut-short"), configure),
        ["admin-domains"] = (visits, configure) => visits.DomainsAsync(configure),
        ["admin-domain"] = (visits, configure) => visits.DomainsAsync(configure, isOne: true),
        ["admin-domain-question"] = (visits, configure) => visits.DomainsAsync(configure, isOne: true, isAsked: true),
        ["admin-domain-labels"] = (visits, configure) => visits.LabelsAsync(configure),
        ["admin-identities"] = (visits, configure) => visits.IdentitiesAsync(configure),
        ["admin-mail"] = (visits, configure) => visits.MailAsync(configure),
        ["admin-events"] = (visits, configure) => visits.EventsAsync(configure),
        ["board"] = (visits, configure) => visits.BoardAsync(configure),
        ["all-sessions"] = (visits, configure) => visits.AllSessionsAsync(configure),
        ["all-sessions-empty"] = (visits, configure) => visits.AllSessionsAsync(configure, "?browser=Netscape"),
        ["all-sessions-question"] = (visits, configure) => visits.AllSessionsAsync(configure, isAsked: true),
        ["impersonate"] = (visits, configure) => visits.ImpersonateAsync(configure, isDone: false),
        ["impersonate-refused"] = (visits, configure) => visits.ImpersonateAsync(configure, isDone: false, isRefused: true),
        ["impersonated"] = (visits, configure) => visits.ImpersonateAsync(configure, isDone: true),
        ["not-found-signed-in"] = (visits, configure) => visits.NotFoundSignedInAsync(configure),
    };

    public static TheoryData<string> Names => [.. Visits.Keys];

    protected Task<IPage> VisitAsync(string name, Action<BrowserNewContextOptions>? configure = null) => Visits[name](this, configure);

    private async Task<IPage> GoAsync(string path, Action<BrowserNewContextOptions>? configure, string? tolerated = null)
    {
        if (tolerated is not null)
        {
            Tolerate(tolerated);
        }

        var tab = await (await NewProfileAsync(configure: configure)).NewPageAsync();
        await tab.GotoAsync(path);
        return tab;
    }

    private async Task<IPage> ReferenceAsync(Action<BrowserNewContextOptions>? configure)
    {
        var tab = await GoAsync(PortalUrls.ReferencePath, configure);
        await tab.GetByText("PATCH /api/profile").ClickAsync();
        return tab;
    }

    private async Task<IPage> SignInRefusedAsync(Action<BrowserNewContextOptions>? configure)
    {
        var tab = await GoAsync(PortalUrls.SignInPath, configure);
        var form = new SignInPage(tab);
        await form.Login.FillAsync("nobody@example.org");
        await form.Password.FillAsync("not the right password");
        await form.SignIn.ClickAsync();
        await Expect(tab.Alert()).ToBeVisibleAsync();
        return tab;
    }

    private async Task<IPage> RegisterRefusedAsync(Action<BrowserNewContextOptions>? configure)
    {
        var tab = await GoAsync(PortalUrls.RegisterPath, configure);
        var form = new RegisterPage(tab);
        await form.FillAsync("not an address", "1", "short");
        await form.CreateAccount.ClickAsync();
        await Expect(form.Errors).ToBeVisibleAsync();
        return tab;
    }

    private async Task<IPage> ConfirmAsync(Action<BrowserNewContextOptions>? configure, int times)
    {
        var address = $"confirm-{Guid.CreateVersion7():N}@example.org";
        var tab = await GoAsync(PortalUrls.RegisterPath, configure);
        var form = new RegisterPage(tab);
        await form.FillAsync(address, "", PortalHost.DefaultPassword);
        await form.CreateAccount.ClickAsync();
        var link = CaughtMails.LinkOf(await Host.Mails.WaitForAsync(address, "", Cancel)).ToString();
        await tab.GotoAsync(link);
        if (times > 0)
        {
            await tab.GetByRole(AriaRole.Button, new() { Name = "Confirm this address" }).ClickAsync();
            await Expect(tab.Alert()).ToBeVisibleAsync();
        }

        if (times > 1)
        {
            await tab.GotoAsync(link);
        }

        return tab;
    }

    private async Task<IPage> ResendAsync(Action<BrowserNewContextOptions>? configure)
    {
        var tab = await GoAsync(PortalUrls.ResendConfirmationPath, configure);
        await tab.GetByLabel("Email", new() { Exact = true }).FillAsync($"resend-{Guid.CreateVersion7():N}@example.org");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Send a new mail" }).ClickAsync();
        await Expect(tab.Alert()).ToBeVisibleAsync();
        return tab;
    }

    private async Task<IPage> ForgotAsync(Action<BrowserNewContextOptions>? configure, string address)
    {
        var tab = await GoAsync(PortalUrls.ForgotPasswordPath, configure);
        await tab.GetByLabel("Email or username", new() { Exact = true }).FillAsync(address);
        await tab.GetByRole(AriaRole.Button, new() { Name = "Send the link" }).ClickAsync();
        await Expect(tab.Alert()).ToBeVisibleAsync();
        return tab;
    }

    private async Task<IPage> ResetAsync(Action<BrowserNewContextOptions>? configure, bool isDone)
    {
        var user = await Host.CreateUserAsync();
        var tab = await ForgotAsync(configure, user.Email);
        await tab.GotoAsync(CaughtMails.LinkOf(await Host.Mails.WaitForAsync(user.Email, "", Cancel)).ToString());
        if (isDone)
        {
            await tab.GetByLabel("New password").FillAsync("seven herons sleep by lamplight");
            await tab.GetByLabel("Confirm password").FillAsync("seven herons sleep by lamplight");
            await tab.GetByRole(AriaRole.Button, new() { Name = "Save password" }).ClickAsync();
            await Expect(tab.Alert()).ToBeVisibleAsync();
        }

        return tab;
    }

    private async Task<IPage> SessionsAsync(Action<BrowserNewContextOptions>? configure, params Device[] others)
    {
        var user = await Host.CreateUserAsync();
        string? last = null;
        foreach (var device in others)
        {
            last = await SignInAsync(await NewProfileAsync(device), user, device);
        }

        var page = await SessionsPage.OpenAsync(await SignedInProfileAsync(user, Device.Chrome, configure));
        if (last is not null)
        {
            await page.SignOut(others[^1].Words).ClickAsync();
            await Expect(page.Ended).ToBeVisibleAsync();
            await page.Current.GetByText("Details").ClickAsync();
        }

        return page.Tab;
    }

    private async Task<IPage> QuestionAsync(Action<BrowserNewContextOptions>? configure)
    {
        var tab = await SessionsAsync(configure, Device.Safari, Device.Firefox);
        await new SessionsPage(tab).EverywhereElse.ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        return tab;
    }

    private async Task<IPage> NotMeAsync(Action<BrowserNewContextOptions>? configure)
    {
        var page = new ActivityPage(await ActivityAsync(configure, PortalUrls.ActivityPath));
        await page.NotMe("Signed in with a password from Edge on Windows").ClickAsync();
        await Expect(page.Question).ToBeVisibleAsync();
        return page.Tab;
    }

    private async Task<IPage> MenuAsync(Action<BrowserNewContextOptions>? configure)
    {
        var tab = await SessionsAsync(configure);
        await tab.Locator("details[data-menu] > summary").Locator("visible=true").ClickAsync();
        return tab;
    }

    private async Task<IPage> NotFoundSignedInAsync(Action<BrowserNewContextOptions>? configure)
    {
        Tolerate("status of 404");
        var tab = await (await SignedInProfileAsync(await Host.CreateUserAsync(), configure: configure)).NewPageAsync();
        await tab.GotoAsync("/account/nowhere");
        return tab;
    }
}
