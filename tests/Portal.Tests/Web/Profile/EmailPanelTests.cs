using System.Net;
using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts;
using Portal.Accounts.Events;
using Portal.Accounts.Mail;
using Portal.Accounts.Profiles;
using Portal.Accounts.Registration;
using Portal.Accounts.Users;
using Portal.Profile;

namespace Portal.Tests.Web.Profile;

public sealed class EmailPanelTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Until = DateTimeOffset.UnixEpoch.AddMinutes(30);

    private readonly PanelContext context = new();
    private readonly FakeChanges changes = new();
    private readonly FakeConfirmations mails = new();

    public EmailPanelTests() => context.Services.AddSingleton<IEmailChangeService>(changes).AddSingleton<IRegistrationService>(mails);

    public ValueTask DisposeAsync() => context.DisposeAsync();

    [Fact]
    public void The_address_says_whether_it_is_confirmed()
    {
        Assert.Contains("Confirmed", context.Render<EmailPanel>().Find("dd").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unconfirmed_one_is_sent_a_new_mail_by_one_press()
    {
        changes.Info = changes.Info with { IsConfirmed = false };

        var panel = context.Render<EmailPanel>();

        Assert.Contains("Not confirmed yet", panel.Find("dd").TextContent, StringComparison.Ordinal);
        await PressAsync("Send a new mail");
        Assert.Contains($"A new mail is on its way to {PanelContext.Email}.", panel.Find("[role=status]").TextContent, StringComparison.Ordinal);

        mails.Wait = TimeSpan.FromMinutes(12);
        await PressAsync("Send a new mail");

        Assert.Equal(2, mails.Asked);
        Assert.Contains("No mail was sent.", panel.Find("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Try again in 12 minutes.", panel.Find("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("on its way", panel.Markup, StringComparison.Ordinal);

        Task PressAsync(string button) => panel.FindAll("button").Single(found => found.TextContent == button).ClickAsync();
    }

    [Fact]
    public async Task A_wish_is_shown_with_its_limit_and_the_field_is_empty_again()
    {
        var panel = context.Render<EmailPanel>();

        await AskAsync(panel, "new@example.org");

        panel.WaitForAssertion(() => Assert.Contains("Waiting for new@example.org to be confirmed.", panel.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Equal("", panel.Find("input[type=email]").GetAttribute("value"));
        Assert.Equal(["Send the link again", "Cancel the change", "Send the link"], panel.FindAll("button").Select(button => button.TextContent));
    }

    [Fact]
    public async Task Leaving_asks_first_once_an_address_is_typed_and_not_when_it_was_sent()
    {
        var panel = context.Render<EmailPanel>();
        Assert.False(IsUnsaved());

        await panel.Find("input[type=email]").InputAsync("new@example.org");
        Assert.True(IsUnsaved());

        await panel.Find("form").SubmitAsync();
        panel.WaitForAssertion(() => Assert.False(IsUnsaved()));

        bool IsUnsaved() => panel.Find("form[data-draft]").HasAttribute("data-unsaved");
    }

    [Fact]
    public void A_wish_whose_link_expired_says_so()
    {
        changes.Info = changes.Info with { NewEmail = "new@example.org" };

        Assert.Contains("new@example.org was not confirmed in time.", context.Render<EmailPanel>().Find("[role=status]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_refused_is_told_at_the_field_and_stays_typed()
    {
        changes.Outcomes.Enqueue(new EmailChangeOutcome.Invalid([new FieldError("NewEmail", "Use another.")]));
        var panel = context.Render<EmailPanel>();

        await AskAsync(panel, "new@example.org");

        Assert.Contains("Use another.", panel.Find(".field-error").TextContent, StringComparison.Ordinal);
        Assert.Contains("#NewEmail", panel.Find("[role=alert] a").GetAttribute("href"), StringComparison.Ordinal);
        Assert.Equal("new@example.org", panel.Find("input[type=email]").GetAttribute("value"));
    }

    [Fact]
    public async Task Nothing_typed_asks_for_nothing()
    {
        var panel = context.Render<EmailPanel>();

        await panel.Find("form").SubmitAsync();

        Assert.Empty(changes.Asked);
        Assert.Contains("Enter the address", panel.Find(".field-error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("ASVS", "7.5.1")]
    public async Task The_password_is_asked_for_in_place_and_what_was_typed_is_asked_for_again()
    {
        changes.Outcomes.Enqueue(new EmailChangeOutcome.NeedsRecentAuthentication());
        var panel = context.Render<EmailPanel>();
        await panel.Find("input[type=email]").InputAsync("new@example.org");

        var asking = panel.Find("form").SubmitAsync();
        await context.ProveAsync();
        await asking;

        Assert.Equal(["new@example.org", "new@example.org"], changes.Asked);
        panel.WaitForAssertion(() => Assert.Contains("Waiting for new@example.org", panel.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_would_rather_not_prove_it_keeps_what_they_typed()
    {
        changes.Outcomes.Enqueue(new EmailChangeOutcome.NeedsRecentAuthentication());
        var panel = context.Render<EmailPanel>();
        await panel.Find("input[type=email]").InputAsync("new@example.org");

        var asking = panel.Find("form").SubmitAsync();
        await context.PressAsync("Cancel");
        await asking;

        Assert.Equal(["new@example.org"], changes.Asked);
        Assert.Equal("new@example.org", panel.Find("input[type=email]").GetAttribute("value"));
    }

    [Fact]
    public async Task The_wish_can_be_called_off_and_its_link_sent_again()
    {
        changes.Info = changes.Info with { NewEmail = "new@example.org", ExpiresAt = Until };
        var panel = context.Render<EmailPanel>();

        await panel.FindAll("button").Single(button => button.TextContent == "Send the link again").ClickAsync();
        Assert.Equal(["new@example.org"], changes.Asked);
        await panel.FindAll("button").Single(button => button.TextContent == "Cancel the change").ClickAsync();

        panel.WaitForAssertion(() => Assert.Contains("The change is called off.", panel.Find("[role=status]").TextContent, StringComparison.Ordinal));
        context.Clock.Advance(TimeSpan.FromMilliseconds(250));
        panel.WaitForAssertion(() => Assert.DoesNotContain("Waiting for", panel.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void A_link_opened_elsewhere_shows_here_without_a_refresh()
    {
        changes.Info = changes.Info with { NewEmail = "new@example.org", ExpiresAt = Until };
        var panel = context.Render<EmailPanel>();

        changes.Info = new EmailChangeInfo("new@example.org", true, null, null);
        context.Events.Publish(new AccountEvent.UserChanged(1));

        panel.WaitForAssertion(() => Assert.Contains("Your address is new@example.org now.", panel.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Equal("new@example.org", panel.Find("dd strong").TextContent);
    }

    private static async Task AskAsync(IRenderedComponent<EmailPanel> panel, string newEmail)
    {
        await panel.Find("input[type=email]").InputAsync(newEmail);
        await panel.Find("form").SubmitAsync();
    }

    private sealed class FakeConfirmations : IRegistrationService
    {
        public TimeSpan? Wait { get; set; }

        public int Asked { get; private set; }

        public Task<TimeSpan?> ResendAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default)
        {
            Asked++;
            return Task.FromResult(Wait);
        }

        public Task<TimeSpan?> ResendAsync(string email, IPAddress? address, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<ResendOutcome> ResendAsync(long userId, string? token, IPAddress? address, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<RegistrationOutcome> RegisterAsync(RegistrationRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<OneTimeLinkStatus> StatusOfAsync(long userId, string? token, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<MailOccasion?> RegisteredFromAsync(long userId, string? token, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<OneTimeLinkStatus> ConfirmAsync(HttpContext http, long userId, string? token, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }

    private sealed class FakeChanges : IEmailChangeService
    {
        public EmailChangeInfo Info { get; set; } = new(PanelContext.Email, true, null, null);

        public List<string> Asked { get; } = [];

        /// <summary>What is answered first; after that every wish is taken.</summary>
        public Queue<EmailChangeOutcome> Outcomes { get; } = [];

        public Task<EmailChangeInfo?> FindAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default) => Task.FromResult<EmailChangeInfo?>(Info);

        public Task<EmailChangeOutcome> RequestAsync(ClaimsPrincipal person, string newEmail, CancellationToken cancellationToken = default)
        {
            Asked.Add(newEmail);
            if (Outcomes.TryDequeue(out var outcome))
            {
                return Task.FromResult(outcome);
            }

            Info = Info with { NewEmail = newEmail, ExpiresAt = Until };
            return Task.FromResult<EmailChangeOutcome>(new EmailChangeOutcome.Requested(Until));
        }

        public Task<bool> CancelAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default)
        {
            Info = Info with { NewEmail = null, ExpiresAt = null };
            return Task.FromResult(true);
        }

        public Task<OneTimeLinkStatus> StatusOfAsync(long userId, string? token, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<string?> NewEmailOfAsync(long userId, string? token, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<NewEmailOutcome> ConfirmAsync(HttpContext http, long userId, string? token, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<OneTimeLinkStatus> StatusOfStopAsync(long userId, string? token, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<OneTimeLinkStatus> StopAsync(HttpContext http, long userId, string? token, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
