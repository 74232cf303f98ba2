using System.CommandLine;

namespace Portal.Cli;

/// <summary>Three ways to give a new password: in the arguments, as a line of the input, or typed twice unseen.</summary>
internal sealed class NewPassword
{
    private readonly Option<string?> _given = new("--password") { Description = "The password. Other users of the machine can see it while the verb runs; prefer --password-stdin.", HelpName = "P" };
    private readonly Option<bool> _fromInput = new("--password-stdin") { Description = "Read the password from the first line of the standard input." };

    /// <summary>Adds the options, and the rule that they exclude each other and that one is needed where nobody can be asked.</summary>
    public void AddTo(Command command, VerbConsole console)
    {
        command.Add(_given);
        command.Add(_fromInput);
        command.Validators.Add(result =>
        {
            var isGiven = result.GetResult(_given) is not null;
            var isFromInput = result.GetValue(_fromInput);
            if (isGiven && isFromInput)
            {
                result.AddError("Give --password or --password-stdin, not both.");
            }
            else if (!isGiven && !isFromInput && console.AskSecret is null)
            {
                result.AddError("Give --password or --password-stdin: there is nobody to ask, for the input or the error stream leads elsewhere.");
            }
        });
    }

    public async Task<string> ReadAsync(VerbRun run)
    {
        if (run.Parsed.GetValue(_given) is { } given)
        {
            return given;
        }

        if (run.Parsed.GetValue(_fromInput))
        {
            return await run.Console.ReadSecretLineAsync("Password: ", run.CancellationToken) ?? throw new VerbFailureException("The standard input is empty; the password is its first line.");
        }

        var typed = run.Console.AskSecret!("Password: ");
        return run.Console.AskSecret("Once more: ") == typed ? typed : throw new VerbFailureException("The two passwords differ.");
    }
}
