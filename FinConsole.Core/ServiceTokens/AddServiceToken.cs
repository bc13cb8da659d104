using FinConsole.Core.ApiTokens;
using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.ServiceTokens;

/// <summary>A service token just made, with the secret that is shown this once.</summary>
public sealed record NewServiceToken(Guid Id, string Name, ApiTokenSecret Secret, DateTimeOffset? ExpiresAt);

/// <summary>Makes a service token, for the operator's command line.</summary>
public sealed class AddServiceToken(AuditedTransactions transactions, TokenLookup lookup, TimeProvider time)
{
    public const int LongestDays = 3650;

    /// <param name="name">1 to 80 characters, unique among live ones in any letter case. An expired one gives its name up.</param>
    /// <param name="days">After how many days it expires, 1 to 3650; null for never.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<Result<NewServiceToken>> HandleAsync(string name, int? days, CancellationToken cancellationToken)
    {
        if (Validate(name, days) is { Count: > 0 } faults)
            return Error.Invalid(faults);

        await using var transaction = await transactions.BeginUnguardedAsync(Actor.System(Tenant.Operator, "command line"), cancellationToken);
        var (token, secret) = Make(PlainText.Clean(name), days, transaction.Now);
        var expired = transaction.Db.Set<ServiceToken>().Where(row => row.NameKey == token.NameKey && row.RevokedAt == null && row.ExpiresAt <= transaction.Now);
        await expired.ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedAt, row => row.ExpiresAt), cancellationToken);
        transaction.Db.Add(token);
        if (!await transaction.TrySaveAsync(cancellationToken))
            return ServiceTokenErrors.NameTaken;

        transaction.Audit(AuditAction.ServiceTokenAdd, ServiceTokenSubject.Of(token), ServiceTokenSubject.DetailsOf(token));
        transaction.Announce(ChangeKind.ServiceToken, token.Id);
        await transaction.CommitAsync(cancellationToken);
        return new NewServiceToken(token.Id, token.Name, secret, token.ExpiresAt);
    }

    private static Dictionary<string, string> Validate(string name, int? days)
    {
        var faults = new Dictionary<string, string>();
        if (PlainText.Fault(name, ServiceToken.LongestName) is { } fault)
            faults["Name"] = fault;
        if (days is < 1 or > LongestDays)
            faults["Days"] = Texts.Format(ServiceTokenErrorTexts.Life, LongestDays);
        return faults;
    }

    private (ServiceToken Token, ApiTokenSecret Secret) Make(string name, int? days, DateTimeOffset now)
    {
        var secret = ApiTokenSecret.GenerateForService();
        var token = new ServiceToken
        {
            Id = Ids.New(time),
            Name = name,
            NameKey = ServiceTokenSubject.KeyOf(name),
            LookupKey = lookup.KeyOf(secret),
            Prefix = secret.Prefix,
            LastFour = secret.LastFour,
            CreatedAt = now,
            ExpiresAt = days is { } count ? now.AddDays(count) : null,
        };
        return (token, secret);
    }
}
