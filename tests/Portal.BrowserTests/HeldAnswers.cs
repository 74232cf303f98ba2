using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Portal.BrowserTests;

/// <summary>What the server tells one browser's pages, which a test keeps back as a slow network does.</summary>
internal sealed class HeldAnswers
{
    private readonly TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<Action> held = [];
    private readonly Lock gate = new();
    private byte[]? awaited;

    /// <summary>Over when what was waited for is among what is held.</summary>
    public Task ArrivedAsync => arrived.Task;

    public static async Task<HeldAnswers> OfAsync(IBrowserContext profile)
    {
        var answers = new HeldAnswers();
        await profile.RouteWebSocketAsync(new Regex("/_blazor"), page =>
        {
            var server = page.ConnectToServer();
            page.OnMessage(message => Send(server, message));
            server.OnMessage(message => answers.Carry(page, message));
        });
        return answers;
    }

    /// <summary>From now on nothing gets through; told of when something with these words was to.</summary>
    public void Hold(string words)
    {
        lock (gate)
        {
            awaited = Encoding.UTF8.GetBytes(words);
        }
    }

    public void Release()
    {
        lock (gate)
        {
            awaited = null;
            while (held.TryDequeue(out var send))
            {
                send();
            }
        }
    }

    private static void Send(IWebSocketRoute route, IWebSocketFrame message)
    {
        if (message.Binary is { } bytes)
        {
            route.Send(bytes);
        }
        else
        {
            route.Send(message.Text!);
        }
    }

    private void Carry(IWebSocketRoute page, IWebSocketFrame message)
    {
        lock (gate)
        {
            if (awaited is null)
            {
                Send(page, message);
                return;
            }

            held.Enqueue(() => Send(page, message));
            if (message.Binary is { } bytes && bytes.AsSpan().IndexOf(awaited) >= 0)
            {
                arrived.TrySetResult();
            }
        }
    }
}
