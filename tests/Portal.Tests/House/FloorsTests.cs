using Mono.Cecil;

namespace Portal.Tests.House;

public sealed class FloorsTests
{
    [Fact]
    public void Every_room_uses_only_rooms_on_floors_below_its_own() => Assert.Empty(HousePlan.Ours.Faults(Accounts(), Site()));

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void A_step_sideways_or_upwards_is_told(int floorOfData)
    {
        var other = Changed(floors => floors["Portal.Accounts.Data"] = floorOfData) with { Landings = new HashSet<(string, string)>() };
        Assert.Contains(
            $"Portal.Accounts.Events.AccountEvents (floor 0) uses Portal.Accounts.Data.PortalDbContext (floor {floorOfData})",
            other.Faults(Accounts()));
    }

    [Fact]
    public void A_room_without_a_floor_is_told() => Assert.Contains(
        "Portal.Accounts.Data has no floor: place it in HousePlan",
        Changed(floors => floors.Remove("Portal.Accounts.Data")).Faults(Accounts()));

    [Theory]
    [InlineData(typeof(InField))]
    [InlineData(typeof(InGeneric))]
    [InlineData(typeof(InAttribute))]
    [InlineData(typeof(InBase))]
    [InlineData(typeof(InBody))]
    [InlineData(typeof(InLambda))]
    [InlineData(typeof(InIterator))]
    [InlineData(typeof(InConstraint<>))]
    public void A_use_is_seen_wherever_it_hides(Type user)
    {
        using var module = ModuleDefinition.ReadModule(typeof(FloorsTests).Assembly.Location);
        var types = module.GetTypes().Where(type => Lies(type, user.Name)).ToList();
        Assert.NotEmpty(types);
        Assert.Contains(types.SelectMany(TypeUses.Of), used => used.Name == nameof(Used));
    }

    /// <summary>The type itself, or what the compiler nested in it.</summary>
    private static bool Lies(TypeDefinition type, string name) =>
        type.Name == name || (type.DeclaringType is not null && Lies(type.DeclaringType, name));

    private static HousePlan Changed(Action<Dictionary<string, int>> change)
    {
        var floors = HousePlan.Ours.Floors.ToDictionary();
        change(floors);
        return HousePlan.Ours with { Floors = floors };
    }

    private static ModuleDefinition Accounts() => ModuleDefinition.ReadModule(OurAssemblies.Accounts.Location);

    private static ModuleDefinition Site() => ModuleDefinition.ReadModule(OurAssemblies.Portal.Location);

    private class Used
    {
        public static string Name => "";
    }

    private sealed class InField
    {
        public Used[] Value = [];
    }

    private sealed class InGeneric
    {
        public Dictionary<string, Func<Used?>> Value { get; } = [];
    }

    [Pointing(typeof(Used))]
    private sealed class InAttribute;

    private sealed class InBase : Used;

    private sealed class InBody
    {
        public static object Value() => Used.Name;
    }

    private sealed class InLambda
    {
        public static Func<string, object> Value() => text => text + Used.Name;
    }

    private sealed class InIterator
    {
        public static IEnumerable<object> Value()
        {
            yield return Used.Name;
        }
    }

    private sealed class InConstraint<T>
        where T : Used
    {
        public static string Value => typeof(T).Name;
    }

    [AttributeUsage(AttributeTargets.Class)]
    private sealed class PointingAttribute(Type type) : Attribute
    {
        public Type Type => type;
    }
}
