using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Portal.Accounts.Credentials;
using Portal.Accounts.Passkeys;

namespace Portal.Tests.Web.Profile;

/// <summary>Says whether there is a passkey; what is done with it goes over HTTP, past every panel.</summary>
internal sealed class FakePasskeyConfirmation : IPasskeyConfirmation
{
    public bool IsPossible { get; set; }

    public Task<bool> IsPossibleAsync(ClaimsPrincipal person, CancellationToken cancellationToken) => Task.FromResult(IsPossible);

    public Task<PasskeyPrompt?> BeginAsync(HttpContext http, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<PasskeyConfirmationOutcome> ConfirmAsync(HttpContext http, string? ticket, string? answer, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
