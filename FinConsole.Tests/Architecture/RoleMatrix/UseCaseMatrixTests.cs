using System.Reflection;
using FinConsole.Core;
using FinConsole.Core.Access;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Members;
using FinConsole.Core.Mfa;
using FinConsole.Tests.Fixtures;
using FinConsole.Tests.Mfa;
using Xunit;

namespace FinConsole.Tests.Architecture.RoleMatrix;

/// <summary>Each of the four roles against each use case of the console, and the same across tenants.</summary>
public sealed class UseCaseMatrixTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    // What use cases are made of: they take an actor, and nobody but a use case calls them.
    private static readonly string[] Parts = ["PermissionGuard.CheckAsync", "AuditedTransactions.BeginAsync", "AuditedTransactions.BeginUnguardedAsync"];

    public static TheoryData<string> Names() => [.. UseCases.All.Select(each => each.Name)];

    [Fact]
    public void Every_use_case_has_its_line_and_every_line_its_use_case()
    {
        var methods =
            from type in typeof(CoreServices).Assembly.GetExportedTypes()
            where type.IsClass && type != typeof(Actor) && type.Namespace != "FinConsole.Core.Demo"
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            where !method.IsSpecialName && Array.Exists(method.GetParameters(), parameter => parameter.ParameterType == typeof(Actor))
            let name = $"{type.Name}.{method.Name}"
            where !Parts.Contains(name)
            select name;

        Assert.Equal(methods.Distinct().Order(StringComparer.Ordinal), UseCases.All.Select(each => each.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Serves_the_roles_that_may_and_refuses_the_others_without_a_trace_but_in_the_log(string name)
    {
        var line = UseCases.All.Single(each => each.Name == name);
        // Who is refused changes nothing, and leaves the scene as it was for those that come after.
        var untouched = await Scene.NewAsync(core, Role.TenantAdmin);
        foreach (var role in Enum.GetValues<Role>().OrderBy(line.Allows))
        {
            var scene = line.Allows(role) && role != Role.TenantAdmin ? await Scene.NewAsync(core, role) : untouched;
            var actor = Scene.ActorOf(scene.Tenant, role);
            if (line.Allows(role))
                await IsServedAsync(line, scene, actor);
            else
                await IsRefusedAsync(line, scene, actor, role);
        }
    }

    [Fact]
    public async Task Tells_another_tenants_row_from_one_that_never_was_by_nothing()
    {
        var (theirs, mine) = (await Scene.NewAsync(core, Role.TenantAdmin), await core.NewTenantAsync());
        var before = await Scene.SnapshotAsync(core);
        var log = (await core.AuditAsync(theirs.Tenant.Id)).Count;
        foreach (var line in UseCases.All.Where(each => each.TakesId))
        {
            var foreign = await line.AskAsync(theirs with { Tenant = mine }, mine.Admin.Actor);
            var never = await line.AskAsync(new Scene(core, mine), mine.Admin.Actor);

            Assert.Equal((line.Name, UseCase.TextOf(never)), (line.Name, UseCase.TextOf(foreign)));
            Assert.Equal((line.Name, line.FindsNothing ? null : ErrorKind.NotFound), (line.Name, UseCase.ErrorOf(foreign)?.Kind));
            Assert.Equal((line.Name, log), (line.Name, (await core.AuditAsync(theirs.Tenant.Id)).Count));
        }

        Assert.Equal(before, await Scene.SnapshotAsync(core));
    }

    [Fact]
    public async Task Knows_no_session_of_an_actor_who_claims_another_tenant()
    {
        var (theirs, mine) = (await Scene.NewAsync(core, Role.TenantAdmin), await core.NewTenantAsync());
        var crossing = mine.Admin.Actor with { TenantId = theirs.Tenant.Id };
        theirs.Phone = new Authenticator(core, TotpSecret.New(), []);
        var before = await Scene.SnapshotAsync(core);

        foreach (var line in UseCases.All.Where(each => !each.Unguarded))
            Assert.Equal((line.Name, AccessErrors.SessionEnded), (line.Name, UseCase.ErrorOf(await line.AskAsync(theirs, crossing))));

        Assert.Equal(before, await Scene.SnapshotAsync(core));
    }

    private static async Task IsServedAsync(UseCase line, Scene scene, Actor actor)
    {
        await line.PrepareAsync(scene, actor);
        var answer = await line.AskAsync(scene, actor);
        Assert.True(UseCase.ErrorOf(answer) is null, $"{actor.Name}: {UseCase.ErrorOf(answer)}");
    }

    private async Task IsRefusedAsync(UseCase line, Scene scene, Actor actor, Role role)
    {
        var before = await Scene.SnapshotAsync(core);
        object? answer = null;
        var entry = Assert.Single(await core.AuditOfAsync(scene.Tenant.Id, async () => answer = await line.AskAsync(scene, actor)));

        Assert.Equal(AccessErrors.Forbidden(role), UseCase.ErrorOf(answer));
        Assert.Equal((AuditResult.Failure, actor.Id), (entry.Result, entry.ActorId));
        Assert.Equal(before, await Scene.SnapshotAsync(core));
    }
}
