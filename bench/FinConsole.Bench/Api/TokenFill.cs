using FinConsole.Bench.Generating;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;

namespace FinConsole.Bench.Api;

/// <summary>Fills a database with live tokens of one cashier; those that the bench itself uses are the first.</summary>
internal static class TokenFill
{
    public static async Task<IReadOnlyList<ApiTokenSecret>> RunAsync(BenchHost host, long rows, int known)
    {
        var time = host.Get<TimeProvider>();
        var cashier = new NewMember(time).Make(host.TenantId, "Cashier", "cashier@acme.example", Role.Cashier, "none");
        var columns = default(BulkColumns<ApiToken>)!;
        await using (var context = host.Get<ConsoleDb>().Open(host.TenantId))
        {
            context.Add(cashier);
            await context.SaveChangesAsync();
            columns = new BulkColumns<ApiToken>(context);
        }

        var secrets = new List<ApiTokenSecret>();
        var (lookup, now) = (host.Get<TokenLookup>(), time.GetUtcNow());
        await new BulkLoad<ApiToken>(host, columns).RunAsync(number =>
        {
            var secret = ApiTokenSecret.Generate(TokenEnvironment.Production);
            if (number <= known)
                secrets.Add(secret);
            return Make(host, cashier.Id, secret, lookup, now, number);
        }, rows);
        return secrets;
    }

    private static ApiToken Make(BenchHost host, Guid cashierId, ApiTokenSecret secret, TokenLookup lookup, DateTimeOffset now, long number) => new()
    {
        Id = Ids.New(host.Get<TimeProvider>()),
        TenantId = host.TenantId,
        Name = $"Token {number}",
        NameKey = $"token {number}",
        Environment = TokenEnvironment.Production,
        Scopes = "read:* read:usage read:audit",
        // Every token has a list, one of a thousand: the check is part of what is measured.
        Allowlist = $"127.0.0.0/8\n10.{number % 250}.{number % 4}.0/24",
        CashierId = cashierId,
        Expiry = TokenExpiry.Year1,
        CreatedAt = now,
        CreatedById = cashierId,
        CreatedBy = "bench",
        ExpiresAt = now.AddYears(1),
        LookupKey = lookup.KeyOf(secret),
        Prefix = secret.Prefix,
        LastFour = secret.LastFour,
        PendingUntil = now,
        AcknowledgedAt = now,
    };
}
