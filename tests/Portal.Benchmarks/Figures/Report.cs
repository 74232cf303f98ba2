using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Portal.Benchmarks.Figures;

/// <summary>One line of JSON on the output for the figures; everything else goes to the error stream.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Style = new(JsonSerializerDefaults.Web)
    {
        // A figure that could not be taken is null.
        Converters = { new FiguresOnly() },
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };

    /// <summary>What the machine was busy with before this process began.</summary>
    private static readonly double? LoadBefore = Load();

    /// <summary>Looks at the machine; to be called before any work.</summary>
    public static void Begin() => Say(FormattableString.Invariant($"load before: {LoadBefore}"));

    /// <summary>Tells whoever waits what is being done.</summary>
    public static void Say(string progress) => Console.Error.WriteLine($"[{TimeProvider.System.GetUtcNow():HH:mm:ss}] {progress}");

    /// <summary>Prints the figures, with the verb, the moment and the machine in front.</summary>
    public static void Print(string verb, object figures)
    {
        var line = new JsonObject
        {
            ["verb"] = verb,
            ["at"] = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
            ["cores"] = Environment.ProcessorCount,
            ["system"] = RuntimeInformation.RuntimeIdentifier,
            ["runtime"] = Environment.Version.ToString(),
            ["loadBefore"] = LoadBefore,
        };
        foreach (var (name, value) in JsonSerializer.SerializeToNode(figures, Style)!.AsObject())
        {
            line[name] = value?.DeepClone();
        }

        Console.WriteLine(line.ToJsonString());
    }

    private static double? Load() =>
        File.Exists("/proc/loadavg") && double.TryParse(File.ReadAllText("/proc/loadavg").Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture, out var load) ? load : null;

    private sealed class FiguresOnly : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
            {
                writer.WriteNumberValue(value);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }
}
