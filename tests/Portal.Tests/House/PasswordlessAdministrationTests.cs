using System.Reflection;
using Portal.Accounts.Administration;

namespace Portal.Tests.House;

/// <summary>
/// An administrator starts a reset and never knows a password. The command line may give a new account its first one
/// (<see cref="NewUser"/>): whoever runs it holds the database anyway. Who sets the portal up (<see cref="ISetupService"/>)
/// chooses their own.
/// </summary>
[Trait("ASVS", "6.4.6")]
public sealed class PasswordlessAdministrationTests
{
    [Fact]
    public void No_page_of_the_administration_holds_a_password() => Assert.Empty(HoldingPassword(
        typeof(Portal.Admin.AllSessionsPage).Assembly.GetTypes().Where(type => type.Namespace == "Portal.Admin")));

    [Fact]
    public void No_door_of_the_administration_takes_one_but_for_the_first_of_an_account()
    {
        var doors = typeof(NewUser).Assembly.GetExportedTypes().Where(type => type.Namespace == typeof(NewUser).Namespace).ToList();

        Assert.Equal([$"{nameof(NewUser)}.{nameof(NewUser.Password)}"], HoldingPassword(doors));
        Assert.DoesNotContain(
            doors.Where(type => type.IsInterface && type != typeof(ISetupService)).SelectMany(door => door.GetMethods()).SelectMany(method => method.GetParameters()), parameter => IsPassword(parameter.ParameterType, parameter.Name));
    }

    private static IEnumerable<string> HoldingPassword(IEnumerable<Type> types) => types
        .SelectMany(type => type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(property => IsPassword(property.PropertyType, property.Name))
        .Select(property => $"{property.DeclaringType!.Name}.{property.Name}");

    private static bool IsPassword(Type type, string? name) => type == typeof(string) && name!.Contains("Password", StringComparison.OrdinalIgnoreCase);
}
