using FinConsole.Core.AuditLog;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Members;
using FinConsole.Core.Policies;
using FinConsole.Core.UseCases;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.ApiTokens.Listing;

/// <summary>A token, whatever became of it, and the one that replaced it.</summary>
public sealed record FoundToken(TokenView Token, TokenView? Successor);

/// <summary>Finds tokens by their ids, each with its successor: for pages that know a token by its id alone. Two queries, however many they are.</summary>
public sealed class FindApiTokens(ConsoleDb db, PermissionGuard guard, TimeProvider time)
{
    /// <summary>More than a page shows.</summary>
    public const int Most = 200;

    /// <param name="ids">At most <see cref="Most"/>; the rest are left out, and so are those of other tenants.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<IReadOnlyDictionary<Guid, FoundToken>>> HandleAsync(IReadOnlyCollection<Guid> ids, Actor actor, CancellationToken cancellationToken)
    {
        if (await guard.CheckAsync(actor, Permission.ReadTokens, new AuditSubject(AuditResource.Token, null, "Tokens"), cancellationToken) is { } refusal)
            return refusal;

        await using var context = db.Open(actor.TenantId);
        var policy = await TenantPolicy.ReadAsync(context, cancellationToken);
        Task<List<TokenView>> ReadAsync(List<Guid> wanted) => TokenViews
            .Project(context, context.Set<ApiToken>().AsNoTracking().Where(token => wanted.Contains(token.Id)), time.GetUtcNow(), policy.Rotation).ToListAsync(cancellationToken);
        var tokens = await ReadAsync([.. ids.Distinct().Take(Most)]);
        var next = tokens.Select(token => token.SuccessorId).OfType<Guid>().ToList();
        var successors = next.Count == 0 ? [] : (await ReadAsync(next)).ToDictionary(token => token.Id);
        return tokens.ToDictionary(token => token.Id, token => new FoundToken(token, token.SuccessorId is { } id ? successors.GetValueOrDefault(id) : null));
    }
}
