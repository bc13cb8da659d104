using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.ApiTokens.Rotation;
using FinConsole.Core.Members;

namespace FinConsole.Core.Demo;

/// <summary>One name in the token list, and the id of the token that carries it at the moment.</summary>
internal sealed class DemoToken
{
    public Guid Id { get; set; }
}

/// <summary>
/// Steps in tokens' lives. Each is one visit of a member; what the program does by itself (the sweep, the reminders) is planned
/// for the moments at which it would find something.
/// </summary>
internal sealed class DemoTokens(DemoWorld world, DemoVisits visits)
{
    private static readonly int[] RemindDays = [14, 7, 3, 1];

    // The program looks every half minute.
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(20);

    /// <param name="saved">False for a secret that nobody saved: the token is void after ten minutes.</param>
    public DemoToken Create(DemoMember maker, DateTimeOffset at, CreateApiTokenRequest request, bool saved = true)
    {
        var handle = new DemoToken();
        visits.Plan(maker, at, async (actor, cancellationToken) =>
        {
            var made = DemoWorld.Expect(await world.Use<CreateApiToken>().HandleAsync(request, actor, cancellationToken));
            handle.Id = made.Token.Id;
            PlanHandover(made.Token, actor, saved, TokenOverlap.None);
        });
        return handle;
    }

    public void Rotate(DemoToken handle, DemoMember maker, DateTimeOffset at, TokenOverlap overlap, DemoMember cashier, bool saved = true) =>
        visits.Plan(maker, at, async (actor, cancellationToken) =>
        {
            var request = new RotateApiTokenRequest(handle.Id, overlap, world.Credentials(cashier));
            var made = DemoWorld.Expect(await world.Use<RotateApiToken>().HandleAsync(request, actor, cancellationToken));
            PlanHandover(made.Token, actor, saved, overlap);
            if (saved)
                handle.Id = made.Token.Id;
        });

    public void Retire(DemoToken handle, DemoMember member, DateTimeOffset at) =>
        visits.Plan(member, at, async (actor, cancellationToken) => DemoWorld.Expect(await world.Use<RetireApiToken>().HandleAsync(handle.Id, actor, cancellationToken)));

    public void Invalidate(DemoToken handle, DemoMember member, DateTimeOffset at, InvalidationReason reason, string? comment = null) =>
        visits.Plan(member, at, async (actor, cancellationToken) =>
            DemoWorld.Expect(await world.Use<InvalidateApiToken>().HandleAsync(new InvalidateApiTokenRequest(handle.Id, reason, comment), actor, cancellationToken)));

    public void SetDisabled(DemoToken handle, DemoMember member, DateTimeOffset at, bool disabled) =>
        visits.Plan(member, at, async (actor, cancellationToken) =>
            DemoWorld.Expect(await world.Use<SetTokenDisabled>().HandleAsync(handle.Id, disabled, actor, cancellationToken)));

    public void Edit(DemoToken handle, DemoMember member, DateTimeOffset at, Func<Guid, EditApiTokenRequest> request) =>
        visits.Plan(member, at, async (actor, cancellationToken) => DemoWorld.Expect(await world.Use<EditApiToken>().HandleAsync(request(handle.Id), actor, cancellationToken)));

    private void PlanHandover(TokenView token, Actor actor, bool saved, TokenOverlap overlap)
    {
        if (!saved)
        {
            PlanSweep(token.PendingUntil);
            return;
        }

        var savedAt = token.CreatedAt + world.Dice.Seconds(20, 90);
        world.Schedule.At(savedAt, async cancellationToken =>
            DemoWorld.Expect(await world.Use<AcknowledgeApiToken>().HandleAsync(token.Id, world.Again(actor), cancellationToken)));
        if (overlap != TokenOverlap.None)
            PlanSweep(savedAt + overlap.Length());
        PlanSweep(token.ExpiresAt);
        if (token.Expiry == TokenExpiry.Hours24)
            return;
        foreach (var days in RemindDays)
            world.Schedule.At(token.ExpiresAt.AddDays(-days) + Delay, cancellationToken => world.Use<ExpiryReminders>().RunAsync(cancellationToken));
    }

    private void PlanSweep(DateTimeOffset due) => world.Schedule.At(due + Delay, cancellationToken => world.Use<TokenSweep>().RunAsync(cancellationToken));
}
