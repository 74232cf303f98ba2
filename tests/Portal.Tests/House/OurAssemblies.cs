using System.Reflection;
using System.Runtime.CompilerServices;
using Portal.Accounts;

namespace Portal.Tests.House;

/// <summary>The two projects, compiled.</summary>
internal static class OurAssemblies
{
    public static Assembly Accounts => typeof(AccountsModule).Assembly;

    public static Assembly Portal => Assembly.Load("Portal");

    /// <summary>The types somebody wrote: no closures, no migrations, nothing of a source generator.</summary>
    public static IEnumerable<Type> Types(Assembly assembly) => assembly.GetTypes().Where(type =>
        (type.Namespace ?? "Portal").Split('.')[0] == "Portal"
        && type.Namespace?.Contains(".Migrations", StringComparison.Ordinal) is not true
        && !type.Name.Contains('<', StringComparison.Ordinal)
        && type.DeclaringType?.Name.Contains('<', StringComparison.Ordinal) is not true
        && !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false));
}
