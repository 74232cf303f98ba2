using Bunit;
using Portal.Accounts.Credentials.Factors;
using Portal.Accounts.Passwords;
using Portal.Profile;

namespace Portal.Tests.Web.Profile;

public sealed class PasswordPanelTests : IAsyncLifetime
{
    private static readonly PasswordsOptions Defaults = new();

    private readonly PanelContext _circuit = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _circuit.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_least_length_is_the_one_that_counts_for_this_person(bool hasApp)
    {
        _circuit.Factors.Info = new SecondFactorInfo(hasApp ? _circuit.Clock.GetUtcNow() : null, 10, []);

        var panel = _circuit.Render<PasswordPanel>();

        var minimum = hasApp ? Defaults.MinimumLengthWithSecondFactor : Defaults.MinimumLength;
        Assert.NotEqual(Defaults.MinimumLength, Defaults.MinimumLengthWithSecondFactor);
        Assert.Contains($"At least {minimum} characters.", panel.Markup, StringComparison.Ordinal);
        Assert.Contains($"minlength: {minimum};", panel.Find("[data-field=new_password]").GetAttribute("passwordrules"), StringComparison.Ordinal);
    }

    [Fact]
    public void Who_has_no_password_is_told_how_to_get_one_and_asked_for_none()
    {
        _circuit.Identities.Info = new([], HasPassword: false, HasPasskey: true, OtherSessions: 0);

        var panel = _circuit.Render<PasswordPanel>();

        Assert.Empty(panel.FindAll("form"));
        Assert.Equal("/forgot-password", panel.Find("a").GetAttribute("href"));
    }
}
