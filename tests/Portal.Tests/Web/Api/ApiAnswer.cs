using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Portal.Tests.Web.Api;

/// <summary>What an answer of the API says.</summary>
internal static class ApiAnswer
{
    /// <summary>The JSON of an answer of that status.</summary>
    public static async Task<JsonElement> ReadAsync(this HttpResponseMessage answer, HttpStatusCode expected)
    {
        Assert.Equal(expected, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    /// <summary>The detail of problem details, which must agree with the answer's status and must not be kept anywhere.</summary>
    public static async Task<string> ReadProblemAsync(this HttpResponseMessage answer, HttpStatusCode expected)
    {
        var problem = await answer.ReadAsync(expected);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Equal((int)expected, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        return problem.GetProperty("detail").GetString()!;
    }

    /// <summary>The fields that problem details complain of.</summary>
    public static async Task<IReadOnlyList<string>> ReadFieldsAsync(this HttpResponseMessage answer, HttpStatusCode expected = HttpStatusCode.BadRequest)
    {
        var problem = await answer.ReadAsync(expected);
        return [.. problem.GetProperty("errors").EnumerateArray().Select(error =>
        {
            Assert.NotEmpty(error.GetProperty("message").GetString()!);
            return error.GetProperty("field").GetString()!;
        })];
    }
}
