using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;
using Portal.Accounts.Events;

namespace Portal.Tests.House;

/// <summary>A circuit lives for hours: a component is given doors, never what holds a context or looks services up.</summary>
public sealed class InjectedTypesTests
{
    private static readonly HashSet<Type> HoldContexts =
    [
        typeof(IDbContextFactory<>), typeof(UserManager<>), typeof(RoleManager<>), typeof(SignInManager<>),
        typeof(IUserStore<>), typeof(IRoleStore<>), typeof(IServiceProvider),
    ];

    [Fact]
    public void Components_are_given_doors_only() => Assert.Empty(OurAssemblies.Portal.GetTypes()
        .Where(type => typeof(IComponent).IsAssignableFrom(type) && !type.IsAbstract)
        .SelectMany(Faults));

    [Fact]
    public void A_context_in_a_component_would_be_told() => Assert.Equal(3, Faults(typeof(Careless)).Count());

    [Fact]
    public void A_door_in_a_component_is_fine() => Assert.Empty(Faults(typeof(Careful)));

    private static IEnumerable<string> Faults(Type component) => Injected(component)
        .Where(injected => !IsDoor(injected))
        .Select(injected => $"{component.FullName} is given {injected}");

    private static IEnumerable<Type> Injected(Type component)
    {
        for (var type = component; type is not null && IsOurs(type); type = type.BaseType)
        {
            const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
            foreach (var property in type.GetProperties(Own).Where(property => property.IsDefined(typeof(InjectAttribute))))
            {
                yield return property.PropertyType;
            }

            foreach (var parameter in type.GetConstructors(Own).SelectMany(constructor => constructor.GetParameters()))
            {
                yield return parameter.ParameterType;
            }
        }
    }

    private static bool IsDoor(Type type)
    {
        if (typeof(DbContext).IsAssignableFrom(type)
            || HoldContexts.Contains(type.IsGenericType ? type.GetGenericTypeDefinition() : type)
            || (type.IsGenericType && type.GetGenericArguments().Any(argument => typeof(DbContext).IsAssignableFrom(argument))))
        {
            return false;
        }

        // What the library shows is an interface; the framework's and the site's own types are as they are.
        return type.Assembly != OurAssemblies.Accounts || (type.IsInterface && type.IsVisible);
    }

    private static bool IsOurs(Type type) => type.Assembly.GetName().Name?.Split('.')[0] == "Portal";

    private sealed class Careless(UserManager<User> users) : ComponentBase
    {
        [Inject]
        public required IDbContextFactory<PortalDbContext> Contexts { get; set; }

        [Inject]
        private AccountEvents Events { get; set; } = null!;

        protected override void OnInitialized() => _ = (users, Events);
    }

    private sealed class Careful : ComponentBase
    {
        [Inject]
        public required IAccountEvents Events { get; set; }

        [Inject]
        public required NavigationManager Navigation { get; set; }
    }
}
