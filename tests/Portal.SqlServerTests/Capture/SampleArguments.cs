using System.Collections;
using System.Linq.Expressions;
using System.Net;
using System.Reflection;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts;
using Portal.Accounts.Data;
using Portal.SqlServerTests.Samples;

namespace Portal.SqlServerTests.Capture;

/// <summary>
/// Makes up arguments: what may be null is null where commands are answered with no rows, and filled where they are
/// answered with some, so that optional filters are seen both ways.
/// </summary>
internal sealed class SampleArguments(IServiceProvider services, CancellationToken cancellationToken)
{
    private const int Deepest = 5;

    // 256 bits in the links' own writing.
    private const int SecretLength = 43;

    // Not safe for several threads.
    private readonly NullabilityInfoContext nullability = new();

    private readonly bool fill = services.GetRequiredService<Recorder>().Answers is not Answers.NoRows;

    public object?[] For(MethodInfo method) => [.. method.GetParameters().Select(parameter => Of(parameter, 0))];

    private object? Of(ParameterInfo parameter, int depth)
    {
        var optional = parameter.HasDefaultValue || nullability.Create(parameter).WriteState is NullabilityState.Nullable;
        return optional && !fill && parameter.ParameterType != typeof(CancellationToken)
            ? parameter.HasDefaultValue ? parameter.DefaultValue : null
            : Of(parameter.ParameterType, parameter.Name ?? "", depth);
    }

    private object? Of(Type type, string name, int depth) => type switch
    {
        _ when type == typeof(CancellationToken) => cancellationToken,
        _ when type == typeof(string) => Text(name),
        _ when SampleValues.Of(type) is { } plain => plain,
        _ when typeof(PortalDbContext).IsAssignableFrom(type) => services.GetRequiredService<PortalDbContext>(),
        _ when type == typeof(ClaimsPrincipal) => Ada(),
        _ when type == typeof(HttpContext) => new DefaultHttpContext { RequestServices = services, User = Ada() },
        _ when typeof(LambdaExpression).IsAssignableFrom(type) => Everything(type),
        _ when type == typeof(IPAddress) => IPAddress.Loopback,
        _ when type == typeof(AuthenticationProperties) => new AuthenticationProperties(),
        _ when type == typeof(Stream) => new MemoryStream(),
        _ when type == typeof(TextWriter) => TextWriter.Null,
        _ when type == typeof(TextReader) => TextReader.Null,
        _ when type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type) => Several(type, name, depth),
        _ => services.GetService(type) ?? Made(type, depth),
    };

    private static string Text(string name) => name switch
    {
        _ when Contains(name, "mail") || Contains(name, "login") => "ada@example.org",
        _ when Contains(name, "path") || Contains(name, "file") => Path.Combine(Path.GetTempPath(), "portal-sample"),
        _ when Contains(name, "token") || Contains(name, "secret") => new string('a', SecretLength),
        _ when Contains(name, "password") => "a horse that nobody guessed yet",
        _ when Contains(name, "domain") => "example.org",
        _ when Contains(name, "status") => nameof(EmailDomainStatus.Blocked),
        _ when name.EndsWith("id", StringComparison.OrdinalIgnoreCase) => "1",
        _ => "ada",
    };

    /// <summary>A filter that lets everything through; null for an expression of another kind.</summary>
    private static LambdaExpression? Everything(Type type) =>
        type.GetGenericArguments() is [var function] && function.GetGenericArguments() is [var row, var result] && result == typeof(bool)
            ? Expression.Lambda(function, Expression.Constant(true), Expression.Parameter(row))
            : null;

    private static bool Contains(string name, string part) => name.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static ClaimsPrincipal Ada() => new(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, "1"), new(ClaimTypes.Name, "ada"), new("sid", "1")], "sample"));

    private object? Several(Type type, string name, int depth)
    {
        var item = type.IsArray
            ? type.GetElementType()!
            : type.GetInterfaces().Append(type).FirstOrDefault(face => face.IsGenericType
                && face.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];
        if (item is null)
        {
            return null;
        }

        var array = Array.CreateInstance(item, 1);
        array.SetValue(Of(item, name, depth + 1), 0);
        if (type.IsInstanceOfType(array))
        {
            return array;
        }

        var concrete = type.IsInterface ? typeof(HashSet<>).MakeGenericType(item) : type;
        return Activator.CreateInstance(concrete, array);
    }

    private object? Made(Type type, int depth)
    {
        if (type.IsAbstract)
        {
            type = type.Assembly != typeof(AccountsModule).Assembly ? type : type.Assembly.GetTypes()
                .FirstOrDefault(candidate => !candidate.IsAbstract && type.IsAssignableFrom(candidate)) ?? type;
        }

        var constructor = type.GetConstructors().OrderByDescending(candidate => candidate.GetParameters().Length).FirstOrDefault();
        if (constructor is null || type.IsAbstract || typeof(Delegate).IsAssignableFrom(type) || depth > Deepest)
        {
            return null;
        }

        var made = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Of(parameter, depth + 1))]);
        foreach (var property in type.GetProperties().Where(property => property.SetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0))
        {
            if (fill ? property.GetValue(made) is null : IsMissing(property, made))
            {
                property.SetValue(made, Of(property.PropertyType, property.Name, depth + 1));
            }
        }

        return made;
    }

    private bool IsMissing(PropertyInfo property, object made) =>
        property.GetValue(made) is null && nullability.Create(property).WriteState is NullabilityState.NotNull;
}
