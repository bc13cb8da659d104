using System.Reflection;
using System.Text;
using FinConsole.Core;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Tests.Architecture.RoleMatrix;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.Architecture;

/// <summary>
/// Every text that a use case takes, filled with what is no text: the use case answers, and throws nothing; a refusal of input leaves no trace,
/// and what is kept holds characters alone.
/// </summary>
public abstract class TextInputTests(CoreHost core)
{
    private static readonly string[] Poison =
    [
        "ann\uFFFEmiller", "\uFFFF", "a\uD800b", "\uDC69\uD83D", "\uD83D", "a\0b", "ann\uFFFE@acme.example", "ann\uD800@acme.example", .. NaughtyStrings.Noncharacters.Chunk(16).Select(some => string.Concat(some)),
    ];

    public static TheoryData<string> Names() => [.. Methods().Select(NameOf).Distinct()];

    [Fact]
    public void There_are_many_of_them() => Assert.True(Methods().Count() >= 50, $"{Methods().Count()} use cases");

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Takes_whatever_stands_in_any_of_its_texts(string name)
    {
        var scene = await Scene.NewAsync(core, Role.TenantAdmin);
        foreach (var method in Methods().Where(each => NameOf(each) == name))
        {
            var slots = new List<string>();
            await CallAsync(method, scene, new UseCaseInput(scene, scene.Tenant.Admin.Actor, (slot, usual) =>
            {
                slots.Add(slot);
                return usual;
            }));
            foreach (var slot in slots.Distinct())
            {
                foreach (var text in Poison)
                    await PoisonAsync(method, scene, slot, text);
            }
        }

        if (!IsOnSqlite)
            return;
        var kept = await Scene.SnapshotAsync(core);
        Assert.True(UnicodeText.IsWellFormed(kept) && !kept.Contains('\0'), $"{name} keeps what is no character");
    }

    private bool IsOnSqlite => core.Provider == DatabaseProvider.Sqlite;

    private async Task PoisonAsync(MethodInfo method, Scene scene, string slot, string text)
    {
        var actor = await core.NewSessionAsync(scene.Tenant.Admin);
        var before = IsOnSqlite && ReferenceEquals(text, Poison[0]) ? await Scene.SnapshotAsync(core) : null;
        object? answer = null;
        var failure = await Record.ExceptionAsync(async () => answer = await CallAsync(method, scene, new UseCaseInput(scene, actor, (each, usual) => each == slot ? text : usual)));

        Assert.True(failure is null, $"{NameOf(method)}, {slot}, {Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}: {failure}");
        if (before is not null && UseCase.ErrorOf(answer)?.Kind == ErrorKind.Invalid)
            Assert.Equal((NameOf(method), slot, before), (NameOf(method), slot, await Scene.SnapshotAsync(core)));
    }

    private async Task<object?> CallAsync(MethodInfo method, Scene scene, UseCaseInput input)
    {
        object? answer;
        try
        {
            answer = method.Invoke(core.Services.GetService(method.DeclaringType!), [.. method.GetParameters().Select(parameter => input.Make(parameter))]);
        }
        catch (TargetInvocationException thrown)
        {
            throw thrown.InnerException!;
        }

        if (answer is ValueTask plain)
            answer = plain.AsTask();
        else if (answer?.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ValueTask<>))
            answer = type.GetMethod("AsTask")!.Invoke(answer, []);
        if (answer is Task task)
        {
            await task;
            answer = task.GetType().GetProperty("Result")?.GetValue(task);
        }

        return answer;
    }

    private static string NameOf(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";

    private static IEnumerable<MethodInfo> Methods() =>
        from type in typeof(CoreServices).Assembly.GetExportedTypes()
        where type is { IsClass: true, IsAbstract: false } && type.Namespace != "FinConsole.Core.Demo" && type.GetMethod("<Clone>$") is null
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        where !method.IsSpecialName && method.Name is not ("ToString" or "Equals" or "GetHashCode") && IsUseCase(type)
            && Array.Exists(method.GetParameters(), parameter => UseCaseInput.HoldsText(parameter.ParameterType))
            && Array.TrueForAll(method.GetParameters(), UseCaseInput.CanMake)
        select method;

    // What a page, an endpoint or a command calls: it handles a request, or asks something for one.
    private static bool IsUseCase(Type type) =>
        Array.Exists(type.GetMethods(), method => method.Name.StartsWith("Handle", StringComparison.Ordinal) && method.Name.EndsWith("Async", StringComparison.Ordinal));

    public sealed class OnSqlite(SqliteCore core) : TextInputTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : TextInputTests(core), IClassFixture<PostgreSqlCore>;
}
