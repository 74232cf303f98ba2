using System.Text;

namespace Portal.Cli;

/// <summary>Where a verb reads and writes.</summary>
internal sealed record VerbConsole(TextReader In, TextWriter Out, TextWriter Error)
{
    /// <summary>Asks for a secret that the screen does not show, given what to ask; null where nobody is there to answer.</summary>
    public Func<string, string>? AskSecret { get; init; }

    /// <summary>Whether the error stream is a screen, on which a line may be written over.</summary>
    public bool IsScreen { get; init; }

    /// <summary>Whether the input is a terminal, which shows what is typed.</summary>
    public bool IsTypedOnScreen { get; init; }

    /// <summary>
    /// The first line of the input, which holds a secret: at a terminal typed unseen, as it is asked for; null where there is none.
    /// </summary>
    /// <exception cref="VerbFailureException">It would be typed on the screen: the question has nowhere to stand.</exception>
    public async Task<string?> ReadSecretLineAsync(string question, CancellationToken cancellationToken) =>
        AskSecret is not null ? AskSecret(question)
        : IsTypedOnScreen ? throw new VerbFailureException("The input is a terminal, and the error stream leads elsewhere: what is typed would be on the screen. Pipe it in.")
        : await In.ReadLineAsync(cancellationToken);

    /// <summary>Whether failures are red on that screen: not where NO_COLOR is set to anything, and not on a dumb terminal.</summary>
    public bool HasColors { get; init; }

    public static VerbConsole OfProcess() => new(Console.In, Console.Out, Console.Error)
    {
        HasColors = !Console.IsErrorRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb",
        IsScreen = !Console.IsErrorRedirected,
        AskSecret = Console.IsInputRedirected || Console.IsErrorRedirected ? null : AskUnseen,
        IsTypedOnScreen = !Console.IsInputRedirected,
    };

    private static string AskUnseen(string question)
    {
        var typed = new StringBuilder();
        // Ctrl+C is a key here: as a signal it would wait for the verb to end, which waits for a key.
        // Before the question, for from here on the terminal shows no key: who answers at once is not seen either.
        Console.TreatControlCAsInput = true;
        try
        {
            // Typed before it was asked for, and seen: no answer.
            while (Console.KeyAvailable)
            {
                ReadKey();
            }

            // The error stream, so that what a script takes from the output stays clean.
            Console.Error.Write(question);
            while (ReadKey() is var key && key.Key is not ConsoleKey.Enter)
            {
                if (key.Key is ConsoleKey.Backspace)
                {
                    typed.Length -= typed.Length == 0 ? 0 : typed.Length > 1 && char.IsLowSurrogate(typed[^1]) ? 2 : 1;
                }
                else if (!char.IsControl(key.KeyChar))
                {
                    typed.Append(key.KeyChar);
                }
            }
        }
        finally
        {
            Console.TreatControlCAsInput = false;
            Console.Error.WriteLine();
        }

        return typed.ToString();
    }

    /// <exception cref="OperationCanceledException">It is Ctrl+C.</exception>
    private static ConsoleKeyInfo ReadKey() => Console.ReadKey(intercept: true) is var key && key is { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control }
        ? throw new OperationCanceledException()
        : key;
}
