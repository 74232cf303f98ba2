using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Portal.BrowserTests;

/// <summary>What pages complain about: errors in the console, exceptions of scripts, breaches of the content policy.</summary>
internal sealed class Troubles
{
    private readonly ConcurrentQueue<string> found = [];
    private readonly ConcurrentBag<string> tolerated = [];

    public IReadOnlyCollection<string> Found => [.. found.Where(trouble => !tolerated.Any(part => trouble.Contains(part, StringComparison.OrdinalIgnoreCase)))];

    public void Watch(IBrowserContext context)
    {
        context.Console += (_, message) =>
        {
            if (message.Type is "error" || message.Text.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase))
            {
                found.Enqueue($"{message.Text} ({message.Location}, on {message.Page?.Url})");
            }
        };
        context.WebError += (_, error) => found.Enqueue($"{error.Error} (on {error.Page?.Url})");
    }

    /// <summary>Trouble with these words belongs to what the test does.</summary>
    public void Tolerate(string words) => tolerated.Add(words);
}
