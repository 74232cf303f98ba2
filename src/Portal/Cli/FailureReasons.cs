using System.Data.Common;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Portal.Accounts;

namespace Portal.Cli;

/// <summary>Puts into lines what an operator can mend: settings, the database, files, a port. Null for a fault of the portal's own.</summary>
internal static partial class FailureReasons
{
    public static IReadOnlyList<string>? Of(Exception exception) => exception switch
    {
        OptionsValidationException invalid => [.. invalid.Failures],
        AggregateException several => several.InnerExceptions.Select(Of).ToList() is var all && all.TrueForAll(lines => lines is not null)
            ? [.. all.SelectMany(lines => lines!).Distinct()]
            : null,
        VerbFailureException failure => [failure.Message],
        OperationCanceledException => ["Stopped before it was done."],
        DbException database => [$"The database cannot be used: {database.Message}"],
        ArgumentException { Source: "System.Data.Common" or "Microsoft.Data.SqlClient" or "Microsoft.Data.Sqlite" } unreadable =>
            [$"The connection string cannot be read: {unreadable.Message}"],
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } unreadable => [Unreadable(unreadable.Message)],
        IOException { InnerException: AddressInUseException } => [$"{exception.Message.TrimEnd('.')}. End what listens there, or give another, for example --urls http://localhost:5090, and name it in Portal:PublicUrl."],
        IOException or InvalidDataException or UnauthorizedAccessException or SocketException => [exception.Message],
        // The framework wraps what the database said in exceptions of its own.
        { InnerException: { } inner } => Of(inner),
        _ => null,
    };

    private static string Unreadable(string message) => Conversion().Match(message) is { Success: true } parts
        ? $"{parts.Groups["key"].Value} is \"{parts.Groups["value"].Value}\"; give {Accepted(parts.Groups["type"].Value)}."
        : message;

    private static string Accepted(string type) => type switch
    {
        "System.TimeSpan" => "a duration as d.hh:mm:ss, for example 00:30:00",
        "System.Boolean" => "true or false",
        "System.Int32" or "System.Int64" => "a whole number",
        "System.Double" or "System.Decimal" => "a number",
        _ when typeof(PortalOptions).Assembly.GetType(type) is { IsEnum: true } names => string.Join(" or ", Enum.GetNames(names)),
        _ => $"a value that can be read as {type}",
    };

    [GeneratedRegex("^Failed to convert configuration value '(?<value>.*)' at '(?<key>[^']*)' to type '(?<type>[^']*)'", RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex Conversion();
}
