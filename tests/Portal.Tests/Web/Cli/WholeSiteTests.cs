using Microsoft.Data.Sqlite;
using Portal.Tests.Accounts.Profiles;
using SkiaSharp;

namespace Portal.Tests.Web.Cli;

/// <summary>A site that moves into an empty database by a file, with all that its people need to go on.</summary>
public sealed class WholeSiteTests : IDisposable
{
    private const string Own = "AQAAAAIAAAPoAAAAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==";

    private readonly CommandLine _here = new();
    private readonly CommandLine _there = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _here.Dispose();
        _there.Dispose();
    }

    [Fact]
    public async Task What_was_exported_with_secrets_is_after_an_import_exported_the_same()
    {
        await TakeInAsync();

        var first = await ExportAsync(_here, "--with-secrets");
        var imported = await _there.JsonAsync("users", "import", Path(_here, "out.jsonl"), "--keep-ids");
        var second = await ExportAsync(_there, "--with-secrets");

        Assert.Equal((2, 0), (imported.GetProperty("imported").GetInt32(), imported.GetProperty("refused").GetInt32()));
        Assert.Equal(first, second);
        foreach (var part in (string[])["\"part_of\":1", "\"part_of\":2", "\"organisation\":4", "\"category\":\"archive\"", "\"picture\":\"UklGR", "\"credential_id\":\"AQID\"", "\"key\":\"AAECAwQFBgcICQoLDA0ODxAREhM=\"", "\"name\":\"ABCD\"", "\"created\":\"2017-01-01", "\"updated\":\"2017-02-01"])
        {
            Assert.Contains(part, first, StringComparison.Ordinal);
        }

        var shown = await _there.JsonAsync("users", "show", "ada@example.org");
        Assert.Equal((1, 1, true), (shown.GetProperty("passkeys").GetArrayLength(), shown.GetProperty("recovery_codes_left").GetInt32(), shown.GetProperty("second_factor_since").TryGetDateTimeOffset(out _)));
        await using var database = new SqliteConnection($"Data Source={Path(_there, "portal.db")}");
        await database.OpenAsync(Cancel);
        var counted = database.CreateCommand();
        counted.CommandText = "SELECT SUM(Count) FROM UserCounts WHERE HasSecondFactor";
        Assert.Equal(1L, await counted.ExecuteScalarAsync(Cancel));
    }

    [Fact]
    public async Task Without_being_asked_for_no_second_factor_leaves_the_site()
    {
        await TakeInAsync();

        var plain = await ExportAsync(_here);
        var csv = await _here.RunAsync("users", "export", Path(_here, "out.csv"), "--with-secrets");

        using var screen = new CommandLine(_here.DataDirectory) { IsScreen = true };
        Assert.Equal("2 people\r", (await screen.RunAsync("users", "export", Path(_here, "out.jsonl"))).Error);
        Assert.DoesNotContain("second_factor", plain, StringComparison.Ordinal);
        Assert.Contains("\"passkeys\"", plain, StringComparison.Ordinal);
        Assert.Equal("CSV has no place for second factors: with --with-secrets write JSON Lines.", csv.Failure);
        Assert.False(File.Exists(Path(_here, "out.csv")));
    }

    [Fact]
    public async Task A_passkey_that_another_hand_wrote_into_the_database_is_not_taken_along()
    {
        await TakeInAsync();
        await using (var database = new SqliteConnection($"Data Source={Path(_here, "portal.db")}"))
        {
            await database.OpenAsync(Cancel);
            var foreign = database.CreateCommand();
            foreign.CommandText = "UPDATE Passkeys SET UserId = (SELECT Id FROM Users WHERE NormalizedEmail = 'BOB@EXAMPLE.ORG')";
            Assert.Equal(1, await foreign.ExecuteNonQueryAsync(Cancel));
        }

        Assert.DoesNotContain("\"passkeys\"", await ExportAsync(_here), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_again_an_import_finds_every_label_there_and_another_file_who_has_a_passkey()
    {
        await TakeInAsync();

        var again = await _here.JsonAsync("users", "import", Path(_here, "site.jsonl"), "--keep-ids");
        var dry = await _there.JsonAsync("users", "import", Path(_here, "site.jsonl"), "--keep-ids", "--dry-run");
        var real = await _there.JsonAsync("users", "import", Path(_here, "site.jsonl"), "--keep-ids");

        await File.WriteAllTextAsync(Path(_here, "eve.jsonl"), """{"email": "eve@example.org", "passkey_handle": "another", "passkeys": [{"name": "Own", "credential_id": "BAUG", "public_key": "BAUG"}, {"name": "Hers", "credential_id": "AQID", "public_key": "BAUG"}]}""", Cancel);

        Assert.StartsWith("Line 1: Another account has this passkey.", (await _here.RunAsync("users", "import", Path(_here, "eve.jsonl"))).Error, StringComparison.Ordinal);
        Assert.Equal((0, 2, 0, 6), Counts(again));
        Assert.Equal((2, 0, 6, 0), Counts(dry));
        Assert.Equal(Counts(dry), Counts(real));

        static (int, int, int, int) Counts(System.Text.Json.JsonElement answer) => (
            answer.GetProperty("imported").GetInt32(), answer.GetProperty("already_there").GetInt32(),
            answer.GetProperty("decisions").GetInt32(), answer.GetProperty("decisions_already_there").GetInt32());
    }

    [Fact]
    public async Task What_is_wrong_with_labels_pictures_and_factors_is_told_line_by_line()
    {
        await File.WriteAllTextAsync(Path(_here, "bad.jsonl"), """
            {"organisation": "University", "number": 1, "identifier": "ror:1"}
            {"organisation": "Another", "number": 1}
            {"organisation": "Physics", "number": 2, "part_of": 7}
            {"organisation": "Physics", "number": 3, "identifier": "ror:1"}
            {"organisation": "Physics"}
            {"category": " "}
            {"domain": "example.org", "organisation": 9}
            {"organisation": "Physics", "number": "four"}
            {"email": "a@example.org", "picture": "bm8gcGljdHVyZQ=="}
            {"email": "b@example.org", "picture": "no*Base64"}
            {"email": "c@example.org", "passkey_handle": "h", "passkeys": [{"name": "a"}]}
            {"email": "d@example.org", "passkeys": [{"name": "a", "credential_id": "AQ==", "public_key": "Ag=="}]}
            {"email": "e@example.org", "second_factor": {"key": "AQ=="}}
            {"email": "f@example.org", "second_factor": {"key": "AAECAwQFBgcICQoLDA0ODw==", "recovery_codes": [{"name": "ABCD", "hash": "plain"}]}}
            {"email": "g@example.org", "login": {"login_count": "many"}}
            {"email": "h@example.org", "roles": "curators"}
            {"email": "i@example.org", "passkey_handle": "h", "passkeys": [{"name": "a\u001b[2J", "credential_id": "AQ==", "public_key": "Ag=="}]}
            {"email": "j@example.org", "identities": [{"method": "orcid", "external_id": "1\u001b[2J"}]}
            {"email": "k@example.org", "passkey_handle": "h", "passkeys": [PASSKEYS]}
            """.Replace("PASSKEYS", string.Join(',', Enumerable.Range(0, 21).Select(number => $$"""{"name": "{{number}}", "credential_id": "AQ{{number:00}}", "public_key": "Ag=="}""")), StringComparison.Ordinal), Cancel);

        var told = (await _here.RunAsync("users", "import", Path(_here, "bad.jsonl"))).Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(
        [
            "Line 2: The file has an organisation of this number before.",
            "Line 3: There is no organisation 7 before this line.",
            "Line 4: Another organisation has this identifier.",
            "Line 5: An organisation has a number from 1, by which the lines behind it name it.",
            "Line 6: A category's name has 1 to 64 printable characters.",
            "Line 7: There is no organisation 9 before this line.",
            "Line 8: \"number\" cannot be read: give a whole number.",
        ], told[..7]);
        Assert.StartsWith("Line 9: The picture: This file is no picture", told[7], StringComparison.Ordinal);
        Assert.Equal("Line 10: \"picture\" cannot be read: give bytes in Base64.", told[8]);
        Assert.StartsWith("Line 11: A passkey has a name", told[9], StringComparison.Ordinal);
        Assert.StartsWith("Line 12: Passkeys need their passkey_handle", told[10], StringComparison.Ordinal);
        Assert.StartsWith("Line 13: A second_factor has a key", told[11], StringComparison.Ordinal);
        Assert.StartsWith("Line 14: A recovery code has a name", told[12], StringComparison.Ordinal);
        Assert.Equal("Line 15: \"login.login_count\" cannot be read: give a whole number.", told[13]);
        Assert.Equal("Line 16: \"roles\" cannot be read: give a list.", told[14]);
        Assert.StartsWith("Line 17: A passkey has a name", told[15], StringComparison.Ordinal);
        Assert.StartsWith("Line 18: An identity has a method", told[16], StringComparison.Ordinal);
        Assert.EndsWith("and nobody more than 20 of them.", told[17], StringComparison.Ordinal);
        Assert.Equal("Imported people 0, there already 0; roles, domains and their labels 1, there already 0; refused lines 18.", told[18]);
    }

    /// <summary>A site as a file: a tree of which two parts are called alike, a label that nothing has, and somebody with everything.</summary>
    private async Task TakeInAsync()
    {
        var picture = Convert.ToBase64String(PictureFiles.Encode(SKEncodedImageFormat.Png, 60, 40));
        await File.WriteAllTextAsync(Path(_here, "site.jsonl"), $$$"""
            {"category": "archive"}
            {"organisation": "University", "number": 10, "identifier": "https://ror.org/1", "created": "2017-01-01T00:00:00Z", "updated": "2017-02-01T00:00:00Z"}
            {"organisation": "Institute", "number": 4, "part_of": 10}
            {"organisation": "Group", "number": 5, "part_of": 4}
            {"organisation": "Institute", "number": 6, "part_of": 10}
            {"domain": "example.org", "status": "verified", "organisation": 6}
            {"id": 70, "email": "ada@example.org", "password": "{{{Own}}}", "short_password": true, "created": "2018-01-01T00:00:00Z", "updated": "2018-01-01T00:00:00Z", "picture": "{{{picture}}}", "passkey_handle": "handle", "passkeys": [{"name": "Laptop", "credential_id": "AQID", "public_key": "BAUG", "created": "2019-01-01T00:00:00Z", "sign_count": 5, "transports": ["internal"], "user_verified": true, "backup_eligible": true, "backed_up": true, "attestation": "Bw==", "client_data": "CA=="}], "second_factor": {"key": "AAECAwQFBgcICQoLDA0ODxAREhM=", "since": "2019-01-02T00:00:00Z", "recovery_codes": [{"name": "ABCD", "hash": "{{{Own}}}"}]}}
            {"id": 71, "email": "bob@example.org", "created": "2018-01-01T00:00:00Z", "updated": "2018-01-01T00:00:00Z"}
            """, Cancel);
        var taken = await _here.JsonAsync("users", "import", Path(_here, "site.jsonl"), "--keep-ids");
        Assert.Equal((2, 6), (taken.GetProperty("imported").GetInt32(), taken.GetProperty("decisions").GetInt32()));
    }

    private static async Task<string> ExportAsync(CommandLine site, params string[] options)
    {
        await site.JsonAsync(["users", "export", Path(site, "out.jsonl"), .. options]);
        return await File.ReadAllTextAsync(Path(site, "out.jsonl"), Cancel);
    }

    private static string Path(CommandLine site, string name) => System.IO.Path.Combine(site.DataDirectory, name);
}
