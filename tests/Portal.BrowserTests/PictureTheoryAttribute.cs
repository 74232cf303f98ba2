using System.Runtime.CompilerServices;
using Xunit.Sdk;
using Xunit.v3;

namespace Portal.BrowserTests;

/// <summary>Makes pictures instead of testing something; there only where <see cref="PicturesTests.Folder"/> is named, or each run would count it as skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer(typeof(WhereWanted))]
public sealed class PictureTheoryAttribute : TheoryAttribute
{
    public PictureTheoryAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) => Explicit = true;

    internal sealed class WhereWanted : TheoryDiscoverer
    {
        public override ValueTask<IReadOnlyCollection<IXunitTestCase>> Discover(
            ITestFrameworkDiscoveryOptions discoveryOptions, IXunitTestMethod testMethod, IFactAttribute factAttribute) =>
            PicturesTests.Folder is null ? new([]) : base.Discover(discoveryOptions, testMethod, factAttribute);
    }
}
