using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Verification;
using FinConsole.Core.AuditLog;
using FinConsole.Core.UseCases;
using FinConsole.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.ApiTokens.Verification;

/// <summary>More tokens than are handed over at a time.</summary>
public sealed class TokenIndexTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    [Fact]
    public async Task An_instance_that_starts_knows_every_token_of_every_piece()
    {
        var tenant = await core.NewTenantAsync();
        var secrets = await MakeAsync(tenant, (TokenIndexReader.PieceSize * 2) + 1);
        await using var started = core.NewInstance();
        await started.GetRequiredService<TokenIndex>().LoadAsync(Stop);

        Assert.Equal(secrets.Count, started.GetRequiredService<TokenIndex>().Count);
        var verifier = started.GetRequiredService<VerifyApiToken>();
        foreach (var secret in secrets)
            Assert.True((await verifier.HandleAsync(secret.Reveal(), null, Stop)).Accepted);
    }

    private async Task<IReadOnlyList<ApiTokenSecret>> MakeAsync(TestTenant tenant, int count)
    {
        var maker = new TokenMaker(core.Get<TokenLookup>(), core.Time);
        await using var transaction = await core.Get<AuditedTransactions>().BeginUnguardedAsync(tenant.Admin.Actor, Stop);
        var made = Enumerable.Range(0, count).Select(number => maker.Make(transaction, new TokenBlueprint(
            $"Token {number}", TokenEnvironment.Production, TokenExpiry.Year1, "read:payments", "", null, null, tenant.Cashier.Id, TokenHandover.Immediate))).ToList();
        transaction.Db.AddRange(made.Select(each => each.Token));
        transaction.Audit(AuditAction.TokenCreate, new AuditSubject(AuditResource.Token, null, "All"), new AuditDetails());
        await transaction.CommitAsync(Stop);
        return [.. made.Select(each => each.Secret)];
    }
}
