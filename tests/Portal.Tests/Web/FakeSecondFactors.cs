using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Portal.Accounts.Credentials.Factors;

namespace Portal.Tests.Web;

/// <summary>A second factor that does as it is told and notes what it was asked.</summary>
internal sealed class FakeSecondFactors : ISecondFactorService
{
    public SecondFactorInfo? Info { get; set; } = new(null, 0, []);

    /// <summary>What the next calls answer, one after the other; the last stays.</summary>
    public Queue<SecondFactorOutcome> Answers { get; } = new();

    public List<string> Asked { get; } = [];

    public Task<SecondFactorInfo?> FindAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default) => Task.FromResult(Info);

    public Task<SecondFactorOutcome> BeginAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default) => AnswerAsync("begin");

    public Task<SecondFactorOutcome> AddAsync(ClaimsPrincipal person, AuthenticatorSetup setup, string code, bool endOthers, CancellationToken cancellationToken = default) =>
        AnswerAsync($"add {code} {endOthers}");

    public Task<SecondFactorOutcome> RemoveAsync(ClaimsPrincipal person, bool endOthers, CancellationToken cancellationToken = default) => AnswerAsync($"remove {endOthers}");

    public Task<SecondFactorOutcome> RenewRecoveryCodesAsync(ClaimsPrincipal person, bool endOthers, CancellationToken cancellationToken = default) => AnswerAsync($"renew {endOthers}");

    public Task<bool> ForgetBrowserAsync(ClaimsPrincipal person, long browserId, CancellationToken cancellationToken = default)
    {
        Asked.Add($"forget {browserId}");
        return Task.FromResult(true);
    }

    public Task<SecondFactorOutcome> ConfirmAsync(HttpContext http, string code, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("A circuit has no request.");

    private Task<SecondFactorOutcome> AnswerAsync(string asked)
    {
        Asked.Add(asked);
        return Task.FromResult(Answers.Count > 1 ? Answers.Dequeue() : Answers.Peek());
    }
}
