using System.Net;
using System.Net.Http.Json;

namespace Portal.Tests.Accounts.Recovery;

/// <summary>Asking by REST.</summary>
public sealed partial class RecoveringTests
{
    [Fact]
    [Trait("ASVS", "6.3.8")]
    public async Task To_a_program_too_the_answer_is_the_same_to_the_byte()
    {
        var gone = await _host.CreateUserAsync(isActive: false);
        List<string> answers = [];
        foreach (var email in new[] { _ana.Email, "nobody@example.org", gone.Email })
        {
            using var answer = await _host.CreateClient().PostAsJsonAsync("/api/forgot-password", new { email }, Token);
            var headers = answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is not ("Date" or "Set-Cookie")).OrderBy(header => header.Key)
                .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}");
            answers.Add($"{answer.StatusCode}\n{string.Join('\n', headers)}\n{Convert.ToHexString(await answer.Content.ReadAsByteArrayAsync(Token))}");
        }

        Assert.Single(answers.Distinct());
        Assert.StartsWith($"{HttpStatusCode.Accepted}\n", answers[0], StringComparison.Ordinal);
    }
}
