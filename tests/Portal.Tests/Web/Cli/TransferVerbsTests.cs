using System.Globalization;
using System.Text.Json;
using Portal.Accounts.Transfer;

namespace Portal.Tests.Web.Cli;

public sealed partial class TransferVerbsTests : IDisposable
{
    private const string Peppered = "$pbkdf2-sha512$25000$AAECAwQFBgcICQoLDA0ODw$wBggU5cLhnlUDfSXkQ50CX8cQCS8q9X1adt1sMGDNNmEqav0R4RcaTHPwYH2U9H8Avz1eWwLVdbd8kOFKk9WbA";
    private const string Own = "AQAAAAIAAAPoAAAAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==";

    private readonly CommandLine _cli = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("jsonl")]
    [InlineData("csv")]
    public async Task What_is_exported_and_imported_elsewhere_is_exported_the_same(string format)
    {
        await WriteAsync("first.jsonl", $$$"""
            {"role": "curators", "description": "They look after things.", "created": "2017-01-01T00:00:00Z", "updated": "2017-02-01T00:00:00Z"}
            {"role": "staff; all", "managed": false}
            {"role": "[beta]"}
            {"domain": "example.org", "status": "verified", "category": "mail-provider", "flagged": true, "flag_source": "=a list", "created": "2017-03-01T00:00:00Z", "updated": "2017-04-01T00:00:00Z"}
            {"domain": "blocked.example", "status": "blocked"}
            {"id": 70, "email": "ada@example.org", "username": "ada", "password": "{{{Own}}}", "short_password": true, "confirmed_at": "2019-05-06T07:08:09.1234567Z", "verified_at": "2019-05-07T00:00:00Z", "created": "2018-01-01T00:00:00Z", "updated": "2020-01-01T00:00:00Z", "roles": ["curators", "staff; all"], "profile": {"full_name": "=Ada, \"the\" first\n", "affiliations": "'quoted"}, "preferences": {"visibility": "public", "theme": "dark", "language": "fr"}, "identities": [{"method": "orcid", "external_id": "0000-0002-1825-0097", "created": "2017-05-01T00:00:00Z", "updated": "2017-06-01T00:00:00Z"}, {"method": "github", "external_id": "a;b"}], "login": {"last_login_at": "2019-05-06T07:08:09Z", "current_login_at": "2019-06-06T07:08:09Z", "login_count": 3}}
            {"id": 7, "email": "dör@xn--bcher-kva.example", "active": false}
            {"id": 8, "email": "gone@blocked.example", "active": false, "blocked_at": "2019-05-07T00:00:00Z"}
            {"id": 6, "email": "stays@blocked.example", "verified_at": "2019-05-07T00:00:00Z", "roles": ["[beta]", "staff; all"]}
            {"id": 4, "email": "again@blocked.example", "confirmed_at": "2019-05-07T00:00:00Z"}
            {"id": 5, "email": "null@example.org", "active": null, "login": {"last_login_ip": "untrackable", "login_count": 1}}
            """);
        var taken = await _cli.JsonAsync("users", "import", Path("first.jsonl"), "--keep-ids");
        Assert.Equal((6, 5), (taken.GetProperty("imported").GetInt32(), taken.GetProperty("decisions").GetInt32()));
        Assert.Equal(6, (await _cli.JsonAsync("users", "export", Path($"out.{format}"))).GetProperty("exported").GetInt32());
        Assert.False((await _cli.JsonAsync("users", "show", "null@example.org")).GetProperty("active").GetBoolean());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path($"out.{format}")));
        }

        using var elsewhere = new CommandLine();
        string[] options = format is "csv" ? ["--keep-ids", "--create-roles"] : ["--keep-ids"];
        var dry = await elsewhere.JsonAsync(["users", "import", Path($"out.{format}"), "--dry-run", .. options]);
        var imported = await elsewhere.JsonAsync(["users", "import", Path($"out.{format}"), .. options]);
        await elsewhere.JsonAsync("users", "export", Path($"again.{format}"));

        Assert.Equal((0, format is "csv" ? 3 : 5), (imported.GetProperty("refused").GetInt32(), imported.GetProperty("decisions").GetInt32()));
        Assert.Equal(imported.GetProperty("decisions").GetInt32(), dry.GetProperty("decisions").GetInt32());
        var (first, second) = (await ReadAsync($"out.{format}"), await ReadAsync($"again.{format}"));
        Assert.Equal(first, second);
        Assert.Contains("0000-0002-1825-0097", first, StringComparison.Ordinal);
        foreach (var moment in (string[])["2019-05-06T07:08:09.1234567Z", "2017-05-01T00:00:00", "2017-06-01T00:00:00", .. format is "csv" ? Array.Empty<string>() : ["2017-01-01T00:00:00", "2017-02-01T00:00:00", "2017-03-01T00:00:00", "2017-04-01T00:00:00"]])
        {
            Assert.Contains(moment, first, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(first.Split('\n'), line => format is "csv" && line.Split(',').Any(cell => cell.StartsWith('=') || cell.StartsWith("\"=", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_role_written_in_several_ways_is_one(bool isThere)
    {
        if (isThere)
        {
            await _cli.JsonAsync("roles", "create", "editor");
        }

        await WriteAsync("roles.jsonl", """
            {"email": "a@example.org", "roles": ["editor "]}
            {"email": "b@example.org", "roles": ["Editor", " editor"]}
            {"email": "c@example.org", "roles": ["\ufffe"]}
            """);

        var dry = await _cli.RunAsync("users", "import", Path("roles.jsonl"), "--create-roles", "--dry-run");
        var result = await _cli.RunAsync("users", "import", Path("roles.jsonl"), "--create-roles");

        Assert.Equal("Line 3: A role has a name.", Assert.Single(result.Error.Split('\n'), line => line.StartsWith("Line", StringComparison.Ordinal)));
        Assert.Contains("Line 3: A role has a name.", dry.Error, StringComparison.Ordinal);
        var roles = (await _cli.JsonAsync("roles", "list")).GetProperty("results").EnumerateArray().Where(role => role.GetProperty("name").GetString() is not "admin").ToList();
        Assert.Equal("editor", Assert.Single(roles).GetProperty("name").GetString());
        Assert.Equal("editor", Assert.Single((await _cli.JsonAsync("users", "show", "b@example.org")).GetProperty("roles").EnumerateArray()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Each_refused_line_is_told_with_its_number_and_reason_and_the_others_are_taken()
    {
        await _cli.JsonAsync("users", "create", "there@example.org", "-u", "taken", "--password", "correct horse battery staple");
        await _cli.JsonAsync("domains", "block", "blocked.example");
        await WriteAsync("bad.jsonl", """
            {"email": "fine@example.org", "username": "fine"}

            {"email": "no address"}
            {"email": "b@example.org", "shoe_size": 44}
            {"email": "c@example.org", "active": "yes"}
            {"email": "d@example.org", "username": "1x"}
            {"email": "e@example.org", "username": "taken"}
            {"email": "FINE@example.org"}
            {"email": "f@example.org", "username": "FINE"}
            {"email": "g@mail.blocked.example"}
            {"email": "h@example.org", "roles": ["nosuch"]}
            {"email": "i@example.org", "password": "plain text"}
            {"email": "j@example.org", "profile": {"shoe": "44"}}
            {"email": "k@example.org", "preferences": {"timezone": "Mars"}}
            {"email": "l@example.org", "identities": [{"method": "orcid"}]}
            {"email": "m@example.org", "login": {"login_count": -1}}
            {"email": "n@example.org", "blocked_at": "2020-01-01T00:00:00Z", "active": true}
            {"email": "o@example.org", "confirmed_at": "last week"}
            {"email": "there@example.org", "username": "other"}
            {"email": "p@example.org", "email": "q@example.org"}
            {"name": "nobody"}
            not json
            {"email": "r@example.org", "roles": [null]}
            {"email": "s@example.org", "id": 9223372036854775807}
            {"email": "t@example.org", "preferences": {"locale": "en", "language": "de"}}
            {"\ud800": 1, "email": "u@example.org"}
            {"email": "last@example.org"}
            """);

        var result = await _cli.RunAsync("users", "import", Path("bad.jsonl"));

        Assert.Equal((1, ""), (result.Status, result.Output));
        var told = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("Imported people 2, there already 0; refused lines 24.", told[^1]);
        Assert.Equal(Enumerable.Range(3, 24), told[..^1].Select(line => int.Parse(line[5..line.IndexOf(':', StringComparison.Ordinal)], CultureInfo.InvariantCulture)));
        Dictionary<string, string> reasons = told[..^1].ToDictionary(line => line[..line.IndexOf(':', StringComparison.Ordinal)], line => line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..]);
        Assert.Contains("not an email address", reasons["Line 3"], StringComparison.Ordinal);
        Assert.Equal("There is no \"shoe_size\" to be imported.", reasons["Line 4"]);
        Assert.Equal("\"active\" cannot be read: give true or false.", reasons["Line 5"]);
        Assert.Contains("starts with a letter", reasons["Line 6"], StringComparison.Ordinal);
        Assert.Equal("Another account has this username.", reasons["Line 7"]);
        Assert.Equal("The file has this address before.", reasons["Line 8"]);
        Assert.Equal("The file has this username before.", reasons["Line 9"]);
        Assert.Contains("not accepted here", reasons["Line 10"], StringComparison.Ordinal);
        Assert.Equal("There is no role \"nosuch\". Make it first.", reasons["Line 11"]);
        Assert.Contains("no hash", reasons["Line 12"], StringComparison.Ordinal);
        Assert.Contains("\"shoe\"", reasons["Line 13"], StringComparison.Ordinal);
        Assert.Contains("Time zone", reasons["Line 14"], StringComparison.Ordinal);
        Assert.Contains("external_id", reasons["Line 15"], StringComparison.Ordinal);
        Assert.Equal("A login has a count from 0.", reasons["Line 16"]);
        Assert.Equal("Somebody who is blocked is not active: give active as false.", reasons["Line 17"]);
        Assert.Equal("\"confirmed_at\" cannot be read: give a moment in ISO 8601, such as 2031-02-03T04:05:06Z.", reasons["Line 18"]);
        Assert.Equal("Another account has this address, with another username.", reasons["Line 19"]);
        Assert.Equal("\"email\" is given twice.", reasons["Line 20"]);
        Assert.Contains("no user, role or domain", reasons["Line 21"], StringComparison.Ordinal);
        Assert.Contains("no JSON object", reasons["Line 22"], StringComparison.Ordinal);
        Assert.Equal("The preference \"language\" is given twice.", reasons["Line 25"]);
        Assert.Contains("no JSON object in UTF-8", reasons["Line 26"], StringComparison.Ordinal);
        var addresses = (await _cli.JsonAsync("users", "list")).GetProperty("results").EnumerateArray().Select(user => user.GetProperty("email").GetString());
        Assert.Equal(["there@example.org", "fine@example.org", "last@example.org"], addresses);
    }

    [Fact]
    public async Task A_stopped_import_is_just_run_again_and_a_dry_run_writes_nothing()
    {
        var (before, all) = (FileBatches.MaxLines + 200, (2 * FileBatches.MaxLines) + 500);
        var lines = Enumerable.Range(1, all).Select(number => $$"""{"email": "person{{number}}@example.org", "username": "person{{number}}"}""").ToList();
        await WriteAsync("many.jsonl", string.Join('\n', lines.Take(before)));
        await _cli.JsonAsync("users", "import", Path("many.jsonl"));
        // The same once more, far apart, as the last.
        await WriteAsync("many.jsonl", string.Join('\n', lines.Append(lines[before + 100])));

        var dry = await _cli.RunAsync("users", "import", Path("many.jsonl"), "--dry-run", "--json");
        Assert.Equal(before, (await _cli.JsonAsync("users", "list")).GetProperty("total").GetInt32());
        var real = await _cli.RunAsync("users", "import", Path("many.jsonl"), "--json");

        foreach (var (result, isDry) in new[] { (dry, true), (real, false) })
        {
            var answer = JsonSerializer.Deserialize<JsonElement>(result.Output);
            Assert.Equal((1, all - before, before, 1, isDry), (
                result.Status, answer.GetProperty("imported").GetInt32(), answer.GetProperty("already_there").GetInt32(), answer.GetProperty("refused").GetInt32(),
                answer.GetProperty("dry_run").GetBoolean()));
            Assert.Equal((all + 1, "The file has this address before."), (
                answer.GetProperty("refused_lines")[0].GetProperty("line").GetInt32(), answer.GetProperty("refused_lines")[0].GetProperty("reason").GetString()));
        }

        Assert.Equal(all, (await _cli.JsonAsync("users", "list")).GetProperty("total").GetInt32());
        Assert.True((await _cli.JsonAsync("audit", "verify")).GetProperty("intact").GetBoolean());
    }

    [Fact]
    public async Task A_dry_run_tells_what_the_real_one_tells()
    {
        var others = Enumerable.Range(1, FileBatches.MaxLines).Select(number => $$"""{"email": "person{{number}}@example.org"}""");
        await WriteAsync("decisions.jsonl", $$"""
            {"role": "curators", "description": "They look after things."}
            {"role": "Curators", "description": "They look after things."}
            {"role": "curators", "description": "Another."}
            {"domain": "example.org", "category": "university"}
            {"domain": "example.org", "category": "university"}
            {"domain": "example.org", "category": "company"}
            {"email": "ada@mail.example.com", "roles": ["curators"]}
            {"domain": "example.net", "status": "blocked"}
            {"email": "bob@example.net"}
            {{string.Join('\n', others)}}
            {"domain": "example.com", "status": "blocked"}
            """);

        var dry = await _cli.RunAsync("users", "import", Path("decisions.jsonl"), "--dry-run");
        var real = await _cli.RunAsync("users", "import", Path("decisions.jsonl"));

        Assert.Contains("Line 3: There is another role", real.Error, StringComparison.Ordinal);
        Assert.Contains("Line 6: Something else was decided", real.Error, StringComparison.Ordinal);
        Assert.Contains("Line 9: Addresses of this email domain", real.Error, StringComparison.Ordinal);
        Assert.Contains($"Line {10 + FileBatches.MaxLines}: People have addresses of this domain.", real.Error, StringComparison.Ordinal);
        Assert.Equal(RefusedLines(real.Error), RefusedLines(dry.Error));
        var summary = $" people {1 + FileBatches.MaxLines}, there already 0; roles, domains and their labels 3, there already 2; refused lines 4.\n";
        Assert.EndsWith(summary, real.Error, StringComparison.Ordinal);
        Assert.EndsWith(summary, dry.Error, StringComparison.Ordinal);

        static IEnumerable<string> RefusedLines(string told) => told.Split('\n').Where(line => line.StartsWith("Line ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Csv_of_other_systems_is_read_with_their_columns_alone()
    {
        await WriteAsync("people.csv", $"\uFEFFemail,active,password,profile.full_name,created\r\nada@example.org,true,{Peppered},\"Lovelace, Ada\",2018-01-01 00:00:00\r\nbob@example.org,perhaps,,,\r\n\r\ncarl@example.org,true\r\n");

        var without = await _cli.RunAsync("users", "import", Path("people.csv"));
        var with = await _cli.RunAsync("users", "import", Path("people.csv"), "--Passwords:LegacyPepper", "CHANGE_ME_ALSO");

        Assert.Contains("Line 2: The password hash is Invenio's and needs Passwords:LegacyPepper", without.Error, StringComparison.Ordinal);
        Assert.Contains("Line 3: \"active\" cannot be read: give true or false.", with.Error, StringComparison.Ordinal);
        Assert.Contains("Line 5: The record has 2 cells; the first has 5.", with.Error, StringComparison.Ordinal);
        Assert.Contains("Imported people 1, there already 0; refused lines 2.", with.Error, StringComparison.Ordinal);
        foreach (var record in new[] { "name", "email;username", "Email,Username" })
        {
            await WriteAsync("no-address.csv", $"{record}\r\nAda\r\n");
            Assert.Contains(
                $"Line 1: The first record must name the columns, email among them, in lower case and separated by commas; it is \"{record}\".",
                (await _cli.RunAsync("users", "import", Path("no-address.csv"))).Error,
                StringComparison.Ordinal);
        }

        await WriteAsync("psql.csv", "email,active\nyes@example.org,t\nno@example.org,f\nnull@example.org,\n");
        await _cli.JsonAsync("users", "import", Path("psql.csv"));
        foreach (var (email, active) in new[] { ("yes@example.org", true), ("no@example.org", false), ("null@example.org", false) })
        {
            Assert.Equal(active, (await _cli.JsonAsync("users", "show", email)).GetProperty("active").GetBoolean());
        }

        Assert.Equal(DateTimeOffset.Parse("2018-01-01T00:00:00Z", CultureInfo.InvariantCulture), (await _cli.JsonAsync("users", "show", "ada@example.org")).GetProperty("created").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_screen_is_told_how_far_a_long_work_is_and_a_file_only_what_matters()
    {
        await WriteAsync("many.jsonl", string.Join('\n', Enumerable.Range(1, FileBatches.MaxLines + 1).Select(number => $$"""{"email": "person{{number}}@example.org"}""")));
        using var screen = new CommandLine(_cli.DataDirectory) { IsScreen = true, Input = $"Data Source={Path("first.db")};Pooling=False" };

        var shown = await screen.RunAsync("users", "import", Path("many.jsonl"));
        var written = await screen.RunAsync("users", "export", Path("many.csv"));
        var copied = await screen.RunAsync("db", "copy", "--to", "Sqlite", "--connection-stdin");
        CommandLine.Result[] quiet =
        [
            await _cli.RunAsync("users", "import", Path("many.jsonl")),
            await _cli.RunAsync("users", "export", Path("again.csv")),
            await _cli.RunAsync("db", "copy", "--to", "Sqlite", "--connection", $"Data Source={Path("second.db")};Pooling=False"),
            await screen.RunAsync("users", "import", Path("many.jsonl"), "--json"),
            await screen.RunAsync("users", "export", Path("again.csv"), "--json"),
            await screen.RunAsync("db", "copy", "--to", "Sqlite", "--connection", $"Data Source={Path("third.db")};Pooling=False", "--json"),
        ];

        Assert.Matches(@"^(0 lines, 0 %\r){2}2000 lines, \d+ %\r$", shown.Error);
        Assert.Equal("1000 people\r2000 people\r2001 people\r", written.Error);
        Assert.Contains("\nUsers: 2000\rUsers: 2001\r", copied.Error, StringComparison.Ordinal);
        Assert.All(quiet, result => Assert.Equal((0, ""), (result.Status, result.Error)));
    }

    [Fact]
    public async Task What_the_log_warns_of_has_no_colours_where_it_is_no_screen()
    {
        await WriteAsync("one.jsonl", """{"email": "ada@example.org", "passkey_handle": "h", "passkeys": [{"name": "a", "credential_id": "AQ==", "public_key": "Ag=="}]}""");

        var result = await _cli.StartAsync("users", "import", Path("one.jsonl"));

        Assert.Equal(0, result.Status);
        Assert.Contains("warn: ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Error);
    }

    private string Path(string name) => System.IO.Path.Combine(_cli.DataDirectory, name);

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path(name), text, Cancel);

    private Task<string> ReadAsync(string name) => File.ReadAllTextAsync(Path(name), Cancel);
}
