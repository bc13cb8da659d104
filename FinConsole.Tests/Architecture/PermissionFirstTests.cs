using System.Collections;
using System.Reflection;
using FinConsole.Core;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Architecture;

/// <summary>Every use case asks who may before it looks at what was sent: an outsider learns nothing about inputs, and no input keeps a refusal out of the audit log.</summary>
public sealed class PermissionFirstTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    /// <summary>Those that are not a member's to call, each with the reason.</summary>
    private static readonly Dictionary<string, string> Unguarded = new()
    {
        ["SignOut"] = "Ends the actor's own session; one that has ended is signed out.",
        ["CashierCheck"] = "A part of creating and rotating, which ask first.",
        ["DecryptOwnSecret"] = "A part of confirming, which asks; a plaintext passes through it.",
        ["RevokeAccess"] = "Whoever shows a token may end it; the actor is the operator's server, where one asks.",
        ["AuditedTransactions"] = "Takes no input.",
    };

    [Fact]
    public async Task Who_may_not_is_refused_before_the_input_is_looked_at()
    {
        var tenant = await TestTenants.NewTenantAsync(core.Services);
        var ended = tenant.Admin.Actor with { SessionId = Guid.NewGuid() };
        var (asked, faults) = (0, new List<string>());
        foreach (var handler in Handlers())
        {
            var name = $"{handler.DeclaringType!.Name}.{handler.Name}";
            if (Unguarded.ContainsKey(handler.DeclaringType.Name) || core.Services.GetService(handler.DeclaringType) is not { } useCase)
                continue;
            asked++;
            if (await FaultOfAsync(handler, useCase, ended) is { } fault)
                faults.Add($"{name}: {fault}");
        }

        Assert.Empty(faults);
        Assert.True(asked > 60, $"Only {asked} use cases were found.");
    }

    private static async Task<string?> FaultOfAsync(MethodInfo handler, object useCase, Actor actor)
    {
        object?[] arguments = [.. handler.GetParameters().Select(parameter =>
            parameter.ParameterType == typeof(Actor) ? actor : parameter.ParameterType == typeof(CancellationToken) ? Stop : Hopeless(parameter.ParameterType))];
        try
        {
            var task = (Task)handler.Invoke(useCase, arguments)!;
            await task;
            var result = task.GetType().GetProperty("Result")!.GetValue(task)!;
            var error = (Error?)result.GetType().GetProperty("Error")!.GetValue(result);
            return error?.Kind == ErrorKind.Unauthenticated ? null : error?.Code ?? "succeeded";
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return (failure.InnerException ?? failure).ToString();
        }
    }

    private static IEnumerable<MethodInfo> Handlers() =>
        from type in typeof(CoreServices).Assembly.GetTypes()
        where type is { IsPublic: true, IsAbstract: false }
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        where method.GetParameters().Any(parameter => parameter.ParameterType == typeof(Actor)) && ReturnsResult(method.ReturnType)
        select method;

    private static bool ReturnsResult(Type type) =>
        type is { IsGenericType: true } && type.GetGenericTypeDefinition() == typeof(Task<>) && type.GetGenericArguments()[0] is var inner
        && (inner == typeof(Result) || (inner.IsGenericType && inner.GetGenericTypeDefinition() == typeof(Result<>)));

    // What no use case takes: empty texts, ids of nothing, numbers and words out of range.
    private static object? Hopeless(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(string))
            return "\u0001";
        if (plain == typeof(Secret))
            return new Secret("");
        if (plain == typeof(TimeZoneInfo))
            return TimeZoneInfo.Utc;
        if (plain.IsEnum)
            return Enum.ToObject(plain, 99);
        if (plain == typeof(int) || plain == typeof(long))
            return Convert.ChangeType(-1, plain, System.Globalization.CultureInfo.InvariantCulture);
        if (plain.IsValueType && plain.Namespace == "System")
            return Activator.CreateInstance(plain);
        if (plain.GetField("Empty", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) is { } empty && plain.IsInstanceOfType(empty))
            return empty;
        if (plain != typeof(string) && typeof(IEnumerable).IsAssignableFrom(plain))
            return plain.GetGenericArguments() is [var element] ? Array.CreateInstance(element, 0) : plain.GetGenericArguments() is [var key, var value]
                ? Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(key, value)) : null;
        var constructor = plain.GetConstructors().OrderByDescending(each => each.GetParameters().Length).FirstOrDefault();
        return plain.IsInterface || constructor is null ? null : constructor.Invoke([.. constructor.GetParameters().Select(parameter => Hopeless(parameter.ParameterType))]);
    }
}
