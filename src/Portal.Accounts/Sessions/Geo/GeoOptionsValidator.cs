using MaxMind.Db;
using MaxMind.GeoIP2;
using Microsoft.Extensions.Options;

namespace Portal.Accounts.Sessions.Geo;

internal sealed class GeoOptionsValidator : IValidateOptions<GeoOptions>
{
    public ValidateOptionsResult Validate(string? name, GeoOptions options)
    {
        var path = options.DatabasePath;
        return string.IsNullOrEmpty(path) || FaultOf(path) is not { } fault
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{GeoOptions.Section}:{nameof(GeoOptions.DatabasePath)} is '{path}', but {fault}. "
                + "Accepted: empty, or the path of a country or city database in MaxMind's format.");
    }

    private static string? FaultOf(string path)
    {
        // Against which folder a relative path counts is the composition's to say, before options are validated.
        if (!Path.IsPathFullyQualified(path))
        {
            return "this is not an absolute path";
        }

        if (!File.Exists(path))
        {
            return "there is no such file";
        }

        try
        {
            using var database = new DatabaseReader(path, FileAccessMode.MemoryMapped);
            return MaxMindCountryReader.Supports(database)
                ? null
                : "the file holds something else than countries";
        }
        catch (UnauthorizedAccessException)
        {
            return "the file may not be read";
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // What a wrong file makes the parser throw is not documented and was seen to vary with the file.
            return "the file cannot be read as such a database";
        }
    }
}
