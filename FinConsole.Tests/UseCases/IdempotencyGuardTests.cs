using FinConsole.Core.ApiTokens;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.UseCases;
using FinConsole.Core.UseCases.Idempotency;
using FinConsole.Tests.Fixtures;
using Xunit;

namespace FinConsole.Tests.UseCases;

/// <summary>Requests that carry one <c>Idempotency-Key</c> and arrive while the first of them is at work.</summary>
public abstract class IdempotencyGuardTests(CoreHost core)
{
    private readonly Guid _made = Guid.CreateVersion7();

    [Fact]
    public async Task A_twin_on_the_same_instance_waits_and_learns_what_was_made()
    {
        var (actor, goOn, isAtWork) = (await NewActorAsync(), new TaskCompletionSource(), new TaskCompletionSource());
        var idempotency = core.Get<IdempotencyGuard>();

        var first = idempotency.RunAsync(actor, async () =>
        {
            isAtWork.SetResult();
            await goOn.Task;
            return await RecordAsync(actor);
        }, Stop);
        await isAtWork.Task;
        var twin = idempotency.RunAsync<Guid>(actor, () => throw new InvalidOperationException("The twin must not work."), Stop);
        var other = await idempotency.RunAsync(actor with { Idempotency = actor.Idempotency! with { Key = "another" } }, () => Task.FromResult<Result<Guid>>(_made), Stop);
        goOn.SetResult();

        Assert.Equal((_made, _made), ((await first).Value, other.Value));
        Assert.Equal(IdempotencyErrors.Done(_made), (await twin).Error);
    }

    [Fact]
    public async Task A_twin_on_another_instance_that_is_refused_because_of_the_first_learns_what_was_made()
    {
        var actor = await NewActorAsync();
        var elsewhere = new IdempotencyGuard(core.Db, core.Get<WriteQueue>(), core.Time);

        var twin = await elsewhere.RunAsync<Guid>(actor, async () =>
        {
            Assert.True((await core.Get<IdempotencyGuard>().RunAsync(actor, () => RecordAsync(actor), Stop)).Succeeded);
            return ApiTokenErrors.NameTaken;
        }, Stop);

        Assert.Equal(IdempotencyErrors.Done(_made), twin.Error);
    }

    [Fact]
    public async Task A_refusal_that_is_nobody_elses_doing_stays_what_it_is_and_the_next_try_works()
    {
        var actor = await NewActorAsync();

        var refused = await core.Get<IdempotencyGuard>().RunAsync<Guid>(actor, () => Task.FromResult<Result<Guid>>(ApiTokenErrors.NameTaken), Stop);
        var retried = await core.Get<IdempotencyGuard>().RunAsync(actor, () => RecordAsync(actor), Stop);

        Assert.Equal(ApiTokenErrors.NameTaken, refused.Error);
        Assert.Equal(_made, retried.Value);
    }

    private async Task<Actor> NewActorAsync() => (await core.NewTenantAsync()).Admin.Actor with { Idempotency = new IdempotencyKey("key", [1, 2, 3]) };

    private async Task<Result<Guid>> RecordAsync(Actor actor)
    {
        await using var transaction = await core.Get<AuditedTransactions>().BeginUnguardedAsync(actor, Stop);
        await IdempotencyGuard.RememberAsync(transaction, _made, Stop);
        Assert.True(await transaction.TrySaveAsync(Stop));
        transaction.Audit(AuditAction.TokenCreate, new AuditSubject(AuditResource.Token, _made, "Test"), new AuditDetails());
        await transaction.CommitAsync(Stop);
        return _made;
    }

    public sealed class OnSqlite(SqliteCore core) : IdempotencyGuardTests(core), IClassFixture<SqliteCore>;

    public sealed class OnPostgreSql(PostgreSqlCore core) : IdempotencyGuardTests(core), IClassFixture<PostgreSqlCore>;
}
