using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn;
using FinConsole.Core.Tenants;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.EncryptionKeys.Decryption;

/// <param name="TenantId">Whose client encrypted.</param>
/// <param name="KeyId">With which key, where the caller knows; null tries all that still decrypt.</param>
/// <param name="Fields">1 to 50 ciphertexts in Base64, by name; a name has 1 to 100 characters.</param>
public sealed record DecryptPayloadRequest(Guid TenantId, Guid? KeyId, IReadOnlyDictionary<string, string> Fields)
{
    public const int MostFields = 50;
    public const int LongestName = 100;
}

/// <summary>
/// Decrypts what a tenant's client encrypted, for the company's own servers. One audit entry a call stands in the tenant's log, with
/// who asked and how many fields, committed before a plaintext leaves; uses of keys are counted with it.
/// </summary>
public sealed class DecryptPayload(ConsoleDb db, PayloadOpener opener, PayloadLimiter limiter, OaepClients clients, PermissionGuard guard, AuditedTransactions transactions)
{
    /// <param name="request">What.</param>
    /// <param name="actor">A service token's; no member and no tenant's token may.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<IReadOnlyDictionary<string, DecryptedField>>> HandleAsync(DecryptPayloadRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.DecryptPayloads, KeyFacts.AnySubject, cancellationToken, AuditAction.EncryptionKeyDecrypt) is { } refusal)
            return refusal;
        if (FindFault(request) is { } fault)
            return fault;
        await using var context = db.Open(request.TenantId);
        if (!await context.Set<Tenant>().AnyAsync(tenant => tenant.Id == request.TenantId && tenant.ClosedAt == null, cancellationToken))
            return EncryptionKeyErrors.NoSuchTenant;
        if (limiter.TryTake(request.TenantId, request.Fields.Count) is { } wait)
            return SignInErrors.TooManyTries(wait);

        var names = request.Fields.Keys.ToList();
        var tried = await opener.TryAsync(context, request.KeyId, [.. names.Select(name => request.Fields[name])], cancellationToken);
        try
        {
            await clients.NoteAsync(OaepSending.ByService(request.TenantId, actor), tried.Select(field => field.Digests), cancellationToken);
            var lost = await RecordAsync(request, tried, actor, cancellationToken);
            return Result.Of<IReadOnlyDictionary<string, DecryptedField>>(names.Zip(tried).ToDictionary(
                pair => pair.First,
                pair => pair.Second.Opened is { } opened && !lost.Contains(opened.Key.KeyId)
                    ? DecryptedField.Of(opened)
                    : pair.Second.ToFailure()));
        }
        finally
        {
            foreach (var field in tried)
                field.Opened?.Dispose();
        }
    }

    // Answers the keys that were rotated away in this very moment: what they opened is not given out any more.
    private async Task<HashSet<Guid>> RecordAsync(DecryptPayloadRequest request, IReadOnlyList<TriedField> tried, Actor actor, CancellationToken cancellationToken)
    {
        await using var transaction = await transactions.BeginUnguardedAsync(actor with { TenantId = request.TenantId }, cancellationToken);
        var lost = new HashSet<Guid>();
        // In one order everywhere, so that two payloads of several keys cannot wait for each other.
        foreach (var uses in tried.Where(field => field.Opened is not null).GroupBy(field => field.Opened!.Key.KeyId).OrderBy(group => group.Key))
        {
            if (!await KeyUse.TryCountAsync(transaction.Db, uses.Key, uses.Count(), transaction.Now, cancellationToken))
                lost.Add(uses.Key);
        }

        var failed = tried.Count(field => field.Opened is null || lost.Contains(field.Opened.Key.KeyId));
        var subject = request.KeyId is { } key ? KeyFacts.Subject(key) : KeyFacts.AnySubject;
        transaction.Audit(
            AuditAction.EncryptionKeyDecrypt, subject, new AuditDetails().With(AuditField.Count, tried.Count).With(AuditField.Failed, failed),
            failed == tried.Count ? AuditResult.Failure : AuditResult.Success);
        await transaction.CommitAsync(cancellationToken);
        return lost;
    }

    private static Error? FindFault(DecryptPayloadRequest request)
    {
        var faults = new Dictionary<string, string>();
        if (request.Fields.Count is 0 or > DecryptPayloadRequest.MostFields)
            faults[nameof(request.Fields)] = Texts.Format(CiphertextTexts.FieldCount, DecryptPayloadRequest.MostFields);
        else if (request.Fields.Keys.Any(name => name.Length is 0 or > DecryptPayloadRequest.LongestName))
            faults[nameof(request.Fields)] = Texts.Format(CiphertextTexts.FieldName, DecryptPayloadRequest.LongestName);
        return faults.Count == 0 ? null : Error.Invalid(faults);
    }
}
