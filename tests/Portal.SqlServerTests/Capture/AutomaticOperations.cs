using System.Reflection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Portal.Accounts;
using Portal.Accounts.Data;

namespace Portal.SqlServerTests.Capture;

/// <summary>
/// Calls every asynchronous method of everything in the library that reaches the database, with made-up arguments, so that
/// a new room's queries are captured without a line of their own. What such a call throws is no matter, except a query
/// that cannot be translated.
/// </summary>
internal static class AutomaticOperations
{
    // Only for a call that waits on something that never comes; its statements count all the same.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly HashSet<Type> Doorways =
        [typeof(IDbContextFactory<>), typeof(UserManager<>), typeof(RoleManager<>), typeof(SignInManager<>)];

    /// <summary>The library's classes that are given a context, or Identity's way to one.</summary>
    public static IReadOnlyList<Type> Types =>
    [
        .. typeof(AccountsModule).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false, IsGenericType: false }
            && !typeof(DbContext).IsAssignableFrom(type)
            && type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .SelectMany(constructor => constructor.GetParameters())
                .Any(parameter => IsWayToContext(parameter.ParameterType))),
    ];

    public static IReadOnlyList<CapturedOperation> All => [.. Types.SelectMany(Methods).Select(Operation)];

    /// <summary>Of which class an operation is, by its name: the part before the first full stop.</summary>
    public static bool IsOf(CapturedOperation operation, Type type) =>
        operation.Name.StartsWith(type.Name + ".", StringComparison.Ordinal);

    private static bool IsWayToContext(Type type) => typeof(PortalDbContext).IsAssignableFrom(type)
        || (type.IsGenericType && Doorways.Contains(type.GetGenericTypeDefinition()));

    private static IEnumerable<MethodInfo> Methods(Type type) => type
        .GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        .Where(method => (method.IsPublic || method.IsAssembly)
            && !method.ContainsGenericParameters
            && IsAsynchronous(method.ReturnType)
            && !IsLifetime(type, method));

    // A background service would start its endless loop.
    private static bool IsLifetime(Type type, MethodInfo method) =>
        method.Name is nameof(IAsyncDisposable.DisposeAsync)
        || (typeof(IHostedService).IsAssignableFrom(type)
            && method.Name is nameof(IHostedService.StartAsync) or nameof(IHostedService.StopAsync));

    private static bool IsAsynchronous(Type type) => typeof(Task).IsAssignableFrom(type)
        || type == typeof(ValueTask)
        || (type.IsGenericType
            && (type.GetGenericTypeDefinition() == typeof(ValueTask<>) || type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)));

    private static CapturedOperation Operation(MethodInfo method) =>
        new($"{method.DeclaringType!.Name}.{method.Name}, made-up call", (services, cancellation) => CallAsync(method, services, cancellation), MustFinish: false);

    private static async Task CallAsync(MethodInfo method, IServiceProvider services, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        var arguments = new SampleArguments(services, patience.Token);
        var target = ActivatorUtilities.GetServiceOrCreateInstance(services, method.DeclaringType!);
        await FinishAsync(method, method.Invoke(target, arguments.For(method)), patience.Token);
    }

    private static Task FinishAsync(MethodInfo method, object? started, CancellationToken cancellationToken)
    {
        var finished = started switch
        {
            Task task => task,
            ValueTask task => task.AsTask(),
            _ when method.ReturnType.GetGenericTypeDefinition() == typeof(ValueTask<>) =>
                (Task)method.ReturnType.GetMethod(nameof(ValueTask<>.AsTask))!.Invoke(started, null)!,
            _ => (Task)typeof(AutomaticOperations).GetMethod(nameof(ReadAsync), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(method.ReturnType.GetGenericArguments()).Invoke(null, [started, cancellationToken])!,
        };
        return finished.WaitAsync(cancellationToken);
    }

    private static async Task ReadAsync<T>(IAsyncEnumerable<T> sequence, CancellationToken cancellationToken)
    {
        await foreach (var _ in sequence.WithCancellation(cancellationToken))
        {
        }
    }
}
