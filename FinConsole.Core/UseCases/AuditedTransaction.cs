using System.Data.Common;
using FinConsole.Core.AuditLog;
using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Common;
using FinConsole.Core.Data;
using FinConsole.Core.Data.Changes;
using FinConsole.Core.Members;
using FinConsole.Core.Tenants;
using FinConsole.Core.UseCases.Idempotency;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;

namespace FinConsole.Core.UseCases;

/// <summary>
/// One change of the world: the rows, their audit entries and the notice to other instances, committed together or not at all.
/// Disposing without <see cref="CommitAsync"/> undoes everything. Locks are taken in one order everywhere (rows, the tenant's
/// chain, the operator's, the register of chains, the change counter), so that two of these cannot wait for each other.
/// </summary>
public sealed partial class AuditedTransaction : IAsyncDisposable
{
    private readonly IDisposable? _turn;
    private readonly IDbContextTransaction _transaction;
    private readonly AuditAppend _append;
    private readonly ChangeFeed _feed;
    private readonly ILogger _logger;
    private readonly List<AuditDraft> _drafts = [];
    private readonly List<(ChangeKind Kind, Guid Subject)> _changes = [];
    private Tenant? _founded;
    private IdempotencyRecord? _remembered;
    private bool _disposed;

    internal AuditedTransaction(ConsoleDbContext db, IDbContextTransaction transaction, IDisposable? turn, Actor actor, DateTimeOffset now, AuditAppend append, ChangeFeed feed, ILogger logger)
    {
        Db = db;
        Actor = actor;
        Now = now;
        _transaction = transaction;
        _turn = turn;
        _append = append;
        _feed = feed;
        _logger = logger;
    }

    public ConsoleDbContext Db { get; }

    public Actor Actor { get; }

    /// <summary>The one time that everything in this transaction carries.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>Adds an entry to be written at the commit.</summary>
    public void Audit(AuditAction action, AuditSubject subject, AuditDetails details, AuditResult result = AuditResult.Success) =>
        AuditOf(Actor, action, subject, details, result);

    /// <summary>Adds an entry about what somebody else than the transaction's actor did.</summary>
    internal void AuditOf(Actor actor, AuditAction action, AuditSubject subject, AuditDetails details, AuditResult result) =>
        _drafts.Add(new AuditDraft(action, subject, result, details, actor));

    /// <summary>Lists the log of the tenant that this transaction makes, so that it can never be taken away unnoticed.</summary>
    internal void Found(Tenant tenant) => _founded = tenant;

    /// <summary>Adds the record of the request's key, which the next save writes.</summary>
    internal void Remember(IdempotencyRecord record)
    {
        _remembered = record;
        Db.Add(record);
    }

    /// <summary>Tells every instance, after the commit, that something changed.</summary>
    public void Announce(ChangeKind kind, Guid subjectId) => _changes.Add((kind, subjectId));

    /// <summary>Writes what was added so far; false when a unique index says that somebody else was faster. Then only disposing is left to do.</summary>
    public async Task<bool> TrySaveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SaveAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException failure) when (failure.InnerException is DbException inner && Db.Dialect.IsUniqueViolation(inner))
        {
            return false;
        }
    }

    /// <exception cref="InvalidOperationException">No audit entry was added: a change without one does not happen.</exception>
    /// <exception cref="AuditChainBrokenException">The entries cannot be written, or the database did not keep them.</exception>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        if (_drafts.Count == 0)
            throw new InvalidOperationException("A change without an audit entry does not happen.");

        try
        {
            await SaveAsync(cancellationToken);
            var appended = await _append.AppendAsync(Db, Now, _drafts, _founded, cancellationToken);
            await ChangeWriting.WriteAsync(Db, _changes, Now, cancellationToken);
            // Last, behind every statement that could have set off something in the database.
            await AuditAppend.ConfirmAsync(Db, appended, cancellationToken);
            if (_remembered is not null)
                await IdempotencyGuard.ConfirmAsync(Db, _remembered, cancellationToken);
        }
        catch (AuditChainBrokenException broken)
        {
            LogBroken(_logger, Actor.TenantId, broken.Message);
            throw;
        }

        await _transaction.CommitAsync(cancellationToken);
        if (_changes.Count > 0)
            _feed.TellOwn(Actor.TenantId, _changes, Now);
    }

    public async ValueTask DisposeAsync()
    {
        // Once: the context goes back to its pool, and may be somebody else's by now.
        if (_disposed)
            return;
        _disposed = true;
        await _transaction.DisposeAsync();
        await Db.DisposeAsync();
        _turn?.Dispose();
    }

    private Task SaveAsync(CancellationToken cancellationToken) =>
        Db.SaveKeptAsync(Texts.Format(AuditChainTexts.RowNotWritten, Actor.TenantId.ToString("D")), cancellationToken);

    [LoggerMessage(Level = LogLevel.Critical, Message = "A change of tenant {Tenant} did not happen, because it cannot be recorded: {Reason}")]
    private static partial void LogBroken(ILogger logger, Guid tenant, string reason);
}
