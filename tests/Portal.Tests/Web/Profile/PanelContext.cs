using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MudBlazor;
using MudBlazor.Services;
using Portal.Accounts.Credentials;
using Portal.Accounts.Credentials.Factors;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions;
using Portal.Accounts.SignIn.External;
using Portal.Controls;

namespace Portal.Tests.Web.Profile;

/// <summary>A circuit of user 1 for the panels of the account pages: the real event bus, a clock that stands still, dialogs.</summary>
internal sealed class PanelContext : IAsyncDisposable
{
    public const string Email = "person@example.org";

    private readonly BunitContext context = new();
    private IRenderedComponent<MudDialogProvider>? dialogs;

    public PanelContext()
    {
        context.JSInterop.Mode = JSRuntimeMode.Loose;
        context.Services.AddMudServices();
        context.Services.AddSingleton<TimeProvider>(Clock);
        Events = new AccountEvents(Clock, NullLogger<AccountEvents>.Instance);
        context.Services.AddSingleton<IAccountEvents>(Events);
        context.Services.AddSingleton<ISecondFactorService>(Factors);
        context.Services.AddSingleton<IIdentityService>(Identities);
        context.Services.AddOptions();
        context.Services.AddSingleton<IPasskeyConfirmation>(Passkeys);
        context.AddAuthorization().SetAuthorized("person").SetClaims(
            new Claim(ClaimTypes.NameIdentifier, "1"), new Claim(SessionClaims.SessionIdType, "current"), new Claim(ClaimTypes.Email, Email));
    }

    public AccountEvents Events { get; }

    /// <summary>Whether the person can prove themself by a passkey.</summary>
    public FakePasskeyConfirmation Passkeys { get; } = new();

    /// <summary>What the question who they are knows of the app; a panel about it registers its own.</summary>
    public FakeSecondFactors Factors { get; } = new();

    /// <summary>How the person can sign in.</summary>
    public FakeIdentities Identities { get; } = new();

    public FakeTimeProvider Clock { get; } = new();

    public IServiceCollection Services => context.Services;

    /// <summary>The dialogs that are open.</summary>
    public IRenderedComponent<MudDialogProvider> Dialogs => dialogs!;

    /// <summary>The scripts that the panel calls in <c>send.js</c>.</summary>
    public BunitJSModuleInterop Script { get; private set; } = null!;

    public IRenderedComponent<TPanel> Render<TPanel>(Action<ComponentParameterCollectionBuilder<TPanel>>? parameters = null)
        where TPanel : IComponent
    {
        OpenCircuit();
        return context.Render(parameters ?? (_ => { }));
    }

    /// <summary>Where the panel is, for one that reads its address. Before it is rendered, after all its services are there.</summary>
    public void GoTo(string address) => context.Services.GetRequiredService<BunitNavigationManager>().NavigateTo(address);

    /// <summary>Where the person is.</summary>
    public string Address => context.Services.GetRequiredService<BunitNavigationManager>().Uri;

    /// <summary>Opens a dialog on a page without a panel; done when it closes. One that never does fails its test, not the whole run.</summary>
    public Task<bool> AskAsync(Func<IDialogService, Task<bool>> ask)
    {
        OpenCircuit();
        return Dialogs.InvokeAsync(() => ask(context.Services.GetRequiredService<IDialogService>())).WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>What the browser's <c>passkeys.js</c> answers. Before the panel is rendered.</summary>
    public void SetUpPasskeys(Action<BunitJSModuleInterop> set)
    {
        var script = context.JSInterop.SetupModule("./passkeys.js");
        script.Mode = JSRuntimeMode.Loose;
        set(script);
    }

    /// <summary>What was given the focus last.</summary>
    public ElementReference LastFocused => (ElementReference)context.JSInterop.Invocations["Blazor._internal.domWrapper.focus"][^1].Arguments[0]!;

    public async Task PressAsync(string button)
    {
        Dialogs.WaitForAssertion(() => Assert.Contains(Dialogs.FindAll("button"), found => found.TextContent == button));
        await Dialogs.FindAll("button").Single(found => found.TextContent == button).ClickAsync();
    }

    /// <summary>Types the password into the open question for it.</summary>
    public async Task ProveAsync()
    {
        Dialogs.WaitForAssertion(() => Dialogs.Find("input[type=password]"));
        await Dialogs.Find("input[type=password]").ChangeAsync("the right one");
        await Dialogs.Find("form").SubmitAsync();
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();

    private void OpenCircuit()
    {
        Script = context.JSInterop.SetupModule("./send.js");
        Script.Mode = JSRuntimeMode.Loose;
        Script.Setup<FormAnswer>("send", _ => true).SetResult(new FormAnswer(200, null, [], 0));
        context.SetRendererInfo(new RendererInfo("Server", true));
        dialogs = context.Render<MudDialogProvider>();
    }
}
