using Microsoft.Net.Http.Headers;

namespace Portal.Api;

/// <summary>The condition of a change: that what it is for is still what was read (RFC 9110, section 13.1.1).</summary>
internal static class IfMatch
{
    /// <summary>
    /// The one version that the change is for; null without a condition, and for any version. Of several the one that is there,
    /// else any of them, for then the condition does not hold. Versions are compared strongly, so a weak one is never met; nor is what is no list
    /// of tags, but for a version without its quotes: a condition that cannot be read must not pass for none.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="current">Reads the version that is there; asked only where several are named.</param>
    public static async Task<string?> ReadAsync(HttpRequest request, Func<Task<string?>> current)
    {
        if (request.Headers.IfMatch.ToString() is not { Length: > 0 } given)
        {
            return null;
        }

        if (!EntityTagHeaderValue.TryParseStrictList(request.Headers.IfMatch, out var tags))
        {
            return given.Trim();
        }

        if (tags is [var only] && only.Equals(EntityTagHeaderValue.Any))
        {
            return null;
        }

        // Any among others is no list of tags, though the parser takes it for one.
        return tags.Contains(EntityTagHeaderValue.Any) ? given : tags.Where(tag => !tag.IsWeak).Select(tag => tag.Tag.ToString()[1..^1]).ToList() switch
        {
            [] => given,
            [var version] => version,
            var versions => await current() is { } there && versions.Contains(there) ? there : versions[0],
        };
    }
}
