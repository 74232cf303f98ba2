using System.CommandLine;

namespace Portal.Cli;

/// <summary><c>completion SHELL</c>: what a shell needs to complete verbs, options and their values.</summary>
internal static class CompletionVerb
{
    // Each asks the program itself, by the directive that System.CommandLine knows: [suggest:POSITION] "the line".
    private static readonly Dictionary<string, string> Scripts = new()
    {
        ["bash"] = """
            _portal() {
                local line=${COMP_LINE:0:COMP_POINT}
                line=${line#* }
                local IFS=$'\n'
                COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:${#line}]" "$line" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _portal Portal
            """,
        ["zsh"] = """
            _portal() {
                local line=${BUFFER[1,CURSOR]}
                line=${line#* }
                local -a found
                found=("${(@f)$("${words[1]}" "[suggest:${#line}]" "$line" 2>/dev/null)}")
                compadd -- $found || _files
            }
            compdef _portal Portal
            """,
        ["fish"] = """
            function __portal
                set -l line (string replace -r '^\S+\s' '' -- (commandline -cp))
                set -l typed (commandline -po)
                $typed[1] "[suggest:"(string length -- $line)"]" $line 2>/dev/null
            end
            complete -c Portal -a '(__portal)'
            """,
        ["pwsh"] = """
            Register-ArgumentCompleter -Native -CommandName Portal -ScriptBlock {
                param($word, $ast, $position)
                $line = $ast.ToString().PadRight($position).Substring(0, $position) -replace '^\S+\s', ''
                & $ast.CommandElements[0].Value "[suggest:$($line.Length)]" $line 2>$null | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
                }
            }
            """,
    };

    public static Command Make(VerbRunner runner)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh, fish or pwsh." };
        shell.CompletionSources.Add([.. Scripts.Keys]);
        shell.Validators.Add(given =>
        {
            if (given.Tokens is [var only] && !Scripts.ContainsKey(only.Value))
            {
                given.AddError($"SHELL is \"{only.Value}\"; it takes {string.Join(", ", Scripts.Keys)}.");
            }
        });
        var verb = new Verb(
            "completion",
            "Print a script that lets a shell complete verbs, options and their values.",
            "source <(Portal completion bash)",
            "Portal completion fish > ~/.config/fish/completions/Portal.fish") { shell };
        // Needs no settings and no database.
        verb.SetAction(parsed =>
        {
            var (name, script) = (parsed.GetRequiredValue(shell), Scripts[parsed.GetRequiredValue(shell)].ReplaceLineEndings("\n"));
            new VerbPrinter(runner.Console, parsed.GetValue(runner.Json)).Answer(new { Shell = name, Script = script }, script);
        });
        return verb;
    }
}
