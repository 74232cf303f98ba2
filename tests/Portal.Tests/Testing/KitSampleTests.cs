using System.Reflection;
using Portal.Tests.House;

namespace Portal.Tests.Testing;

/// <summary>The tests that the kit's README shows, as they stand there.</summary>
public sealed class KitSampleTests
{
    private static readonly Lazy<Type> Sample = new(() => DocumentedSamples.Of(DocumentedSamples.Kit).Load().GetType("MySiteTests")!);

    public static TheoryData<string> Tests =>
        [.. Sample.Value.GetMethods().Where(method => method.IsDefined(typeof(FactAttribute))).Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Tests))]
    public Task A_test_of_the_README_passes(string test) => (Task)Sample.Value.GetMethod(test)!.Invoke(Activator.CreateInstance(Sample.Value), null)!;
}
