using System.Buffers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Portal.Benchmarks.Circuits;

/// <summary>
/// The client of one circuit without a browser around it: says on the line what a browser's framework script says, and
/// throws away what it is told to draw. To the server it is an open tab like any other.
/// </summary>
/// <remarks>
/// Opened by <see cref="OpenAsync"/>, alive as long as somebody calls <see cref="PingAsync"/> at least every 30 seconds,
/// over when either side closes. One task reads; whoever sends waits in line, because a socket takes one message at a time.
/// </remarks>
internal sealed class LightCircuit : IAsyncDisposable
{
    private const byte RecordSeparator = 0x1e;
    private const int Invocation = 1;
    private const int Completion = 3;
    private const int Close = 7;
    private const long ObjectReference = 1;

    private static readonly byte[] Handshake = [.. """{"protocol":"blazorpack","version":1}"""u8, RecordSeparator];

    private readonly ClientWebSocket socket = new();
    private readonly SemaphoreSlim line = new(1, 1);
    private readonly TaskCompletionSource drawn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<long> left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<long> refreshes = Channel.CreateUnbounded<long>();
    private readonly ArrayBufferWriter<byte> received = new();
    private Task reading = Task.CompletedTask;
    private bool isClosing;

    private LightCircuit()
    {
    }

    /// <summary>When the message arrived that takes the browser away from the page, as a timestamp of the system's clock.</summary>
    public Task<long> Left => left.Task;

    /// <summary>When messages arrived that have the browser fetch the page anew, as timestamps of the system's clock.</summary>
    public ChannelReader<long> Refreshes => refreshes.Reader;

    /// <summary>How many changes of the page were received.</summary>
    public int Batches { get; private set; }

    /// <summary>Fetches a page as the browser does that is about to open its circuit.</summary>
    public static async Task<PageMarkers> LoadAsync(HttpClient http, Uri page, string? cookie, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, page);
        AddCookie(request, cookie);
        using var answer = await http.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return PageMarkers.Of(await answer.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <summary>Opens the circuit of a loaded page; returns when all of its interactive part is drawn.</summary>
    public static async Task<LightCircuit> OpenAsync(HttpClient http, Uri page, string? cookie, PageMarkers markers, CancellationToken cancellationToken)
    {
        var circuit = new LightCircuit();
        try
        {
            await circuit.ConnectAsync(http, page, cookie, cancellationToken);
            circuit.reading = circuit.ReadAsync();
            await circuit.SendAsync(PackWriter.Invocation("0", "StartCircuit", new Uri(page, "/").AbsoluteUri, page.AbsoluteUri, "[]", markers.State), cancellationToken);
            await circuit.SendAsync(PackWriter.Invocation(null, "UpdateRootComponents", markers.ToOperations(), markers.State), cancellationToken);
            await circuit.drawn.Task.WaitAsync(cancellationToken);
            return circuit;
        }
        catch
        {
            await circuit.DisposeAsync();
            throw;
        }
    }

    public Task PingAsync(CancellationToken cancellationToken) => SendAsync(PackWriter.Ping(), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        isClosing = true;
        socket.Abort();
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        socket.Dispose();
        line.Dispose();
    }

    private static void AddCookie(HttpRequestMessage request, string? cookie)
    {
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }
    }

    private async Task ConnectAsync(HttpClient http, Uri page, string? cookie, CancellationToken cancellationToken)
    {
        using var negotiation = new HttpRequestMessage(HttpMethod.Post, new Uri(page, "/_blazor/negotiate?negotiateVersion=1"));
        AddCookie(negotiation, cookie);
        using var answer = await http.SendAsync(negotiation, cancellationToken);
        answer.EnsureSuccessStatusCode();
        var token = (await answer.Content.ReadFromJsonAsync<JsonObject>(cancellationToken))!["connectionToken"]!.GetValue<string>();

        socket.Options.SetRequestHeader("Origin", page.GetLeftPart(UriPartial.Authority));
        if (cookie is not null)
        {
            socket.Options.SetRequestHeader("Cookie", cookie);
        }

        // Browsers offer it, the server takes it, and its state is part of what a circuit weighs.
        socket.Options.DangerousDeflateOptions = new WebSocketDeflateOptions();
        var address = new UriBuilder(new Uri(page, $"/_blazor?id={Uri.EscapeDataString(token)}")) { Scheme = "ws" }.Uri;
        await socket.ConnectAsync(address, http, cancellationToken);
        await socket.SendAsync(Handshake, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
        if (!await ReceiveAsync(cancellationToken) || !received.WrittenSpan.SequenceEqual([.. "{}"u8, RecordSeparator]))
        {
            throw new InvalidDataException($"The handshake was answered with {Encoding.UTF8.GetString(received.WrittenSpan)}.");
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            List<byte[]> answers = [];
            while (await ReceiveAsync(CancellationToken.None))
            {
                Hear(TimeProvider.System.GetTimestamp(), answers);
                foreach (var answer in answers)
                {
                    await SendAsync(answer, CancellationToken.None);
                }

                answers.Clear();
            }

            Fail(new IOException("The server closed the circuit."));
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    /// <summary>One whole message; false when the other side closed.</summary>
    private async Task<bool> ReceiveAsync(CancellationToken cancellationToken)
    {
        received.ResetWrittenCount();
        while (true)
        {
            var part = await socket.ReceiveAsync(received.GetMemory(4096), cancellationToken);
            if (part.MessageType is WebSocketMessageType.Close)
            {
                return false;
            }

            received.Advance(part.Count);
            if (part.EndOfMessage)
            {
                return true;
            }
        }
    }

    private void Hear(long at, List<byte[]> answers)
    {
        var messages = new PackReader(received.WrittenSpan);
        while (messages.TryNext(out var message))
        {
            message.ReadArray();
            switch (message.ReadNumber())
            {
                case Invocation:
                    message.Skip();
                    message.Skip();
                    Obey(message.ReadText(), message, at, answers);
                    break;
                case Completion:
                    message.Skip();
                    message.Skip();
                    if (message.ReadNumber() == 1)
                    {
                        throw new InvalidDataException($"The hub refused: {Encoding.UTF8.GetString(message.ReadText())}");
                    }

                    break;
                case Close:
                    throw new IOException("The server closed the circuit.");
            }
        }
    }

    private void Obey(ReadOnlySpan<byte> target, PackReader arguments, long at, List<byte[]> answers)
    {
        arguments.ReadArray();
        if (target.SequenceEqual("JS.RenderBatch"u8))
        {
            Batches++;
            answers.Add(PackWriter.Invocation(null, "OnRenderCompleted", arguments.ReadNumber(), null));
        }
        else if (target.SequenceEqual("JS.EndUpdateRootComponents"u8))
        {
            drawn.TrySetResult();
        }
        else if (target.SequenceEqual("JS.BeginInvokeJS"u8))
        {
            var call = arguments.ReadNumber();
            var function = arguments.ReadText();
            if (function.SequenceEqual("Blazor._internal.navigationManager.navigateTo"u8))
            {
                left.TrySetResult(at);
            }
            else if (function.SequenceEqual("Blazor._internal.navigationManager.refresh"u8))
            {
                refreshes.Writer.TryWrite(at);
            }

            arguments.Skip();
            var result = arguments.ReadNumber() == ObjectReference ? """{"__jsObjectId":1}""" : "null";
            answers.Add(PackWriter.Invocation(null, "EndInvokeJSFromDotNet", call, true, FormattableString.Invariant($"[{call},true,{result}]")));
        }
        else if (target.SequenceEqual("JS.Error"u8))
        {
            throw new InvalidDataException($"The circuit failed: {Encoding.UTF8.GetString(arguments.ReadText())}");
        }
    }

    private async Task SendAsync(byte[] message, CancellationToken cancellationToken)
    {
        await line.WaitAsync(cancellationToken);
        try
        {
            await socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
        }
        finally
        {
            line.Release();
        }
    }

    private void Fail(Exception exception)
    {
        refreshes.Writer.TryComplete(isClosing ? null : exception);
        if (isClosing)
        {
            drawn.TrySetCanceled();
            left.TrySetCanceled();
            return;
        }

        drawn.TrySetException(exception);
        left.TrySetException(exception);
        // Who waits for neither need not hear of it twice.
        _ = left.Task.Exception;
    }
}
