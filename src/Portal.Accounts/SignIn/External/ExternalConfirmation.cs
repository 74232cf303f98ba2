using Microsoft.AspNetCore.Http;
using Portal.Accounts.Audit;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.SignIn.External;

/// <summary>A new proof in a running session, by the provider instead of a password.</summary>
internal sealed class ExternalConfirmation(AuditLog audit, RequestOrigins origins, TimeProvider time)
{
    /// <summary>Takes the proof for the session that asked for it, where it is one of now and of the same person.</summary>
    public async Task<ExternalOutcome> ConfirmAsync(HttpContext http, ExternalProof proof, CancellationToken cancellationToken)
    {
        if (SessionAsker.Of(http.User) is not { } asker || asker.SessionId != proof.ForSession || http.User.IsImpersonated())
        {
            return new ExternalOutcome.Refused(ExternalPurpose.Confirm, ExternalRefusal.OtherSession);
        }

        if (proof.IsFresh(time.GetUtcNow()) is not true and var isFresh)
        {
            return new ExternalOutcome.Refused(ExternalPurpose.Confirm, isFresh is null ? ExternalRefusal.Undated : ExternalRefusal.NotProved);
        }

        try
        {
            await http.RenewSessionKeyAsync(async (context, _, token) =>
            {
                if (!await VouchedSessions.HasAsync(context, asker.UserId, proof.Provider, proof.Subject, token))
                {
                    throw new InactiveUserException(asker.UserId);
                }

                await audit.AddAsync(context, new AuditEntry(AuditKind.Confirmed, asker.UserId)
                {
                    ActorId = asker.UserId,
                    SessionId = asker.SessionId,
                    Origin = origins.Of(http),
                    Details = new Dictionary<string, object?> { ["provider"] = proof.Provider },
                }, token);
            });
        }
        catch (InactiveUserException)
        {
            return new ExternalOutcome.Refused(ExternalPurpose.Confirm, ExternalRefusal.NotProved);
        }

        return new ExternalOutcome.Confirmed();
    }
}
