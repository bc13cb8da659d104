using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace FinConsole.E2E.Audit;

/// <summary>
/// Lets the first pieces of one tenant's export be read, and holds the next until it is opened: an export that is certainly under way,
/// however fast the machine and the browser are.
/// </summary>
internal sealed class ExportGate : IDisposable, IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private const int Free = 3;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly Guid _tenantId;
    private readonly ManualResetEventSlim _open = new();
    private readonly List<IDisposable> _subscriptions = [];
    private int _reads;

    public ExportGate(Guid tenantId)
    {
        _tenantId = tenantId;
        _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    public void Open() => _open.Set();

    public void Dispose()
    {
        _open.Set();
        foreach (var subscription in _subscriptions)
            subscription.Dispose();
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
            _subscriptions.Add(value.Subscribe(this, (name, _, _) => name == RelationalEventId.CommandExecuting.Name));
    }

    // Exports alone read the log upwards, on a thread of their own.
    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is CommandEventData { Command: var command }
            && command.CommandText.Contains("FROM \"AuditEntries\"", StringComparison.Ordinal)
            && command.CommandText.Contains("\"Sequence\" > ", StringComparison.Ordinal)
            && command.CommandText.Contains("\"Metadata\"", StringComparison.Ordinal)
            && command.Parameters.Cast<DbParameter>().Any(parameter => Equals(parameter.Value?.ToString(), _tenantId.ToString()))
            && Interlocked.Increment(ref _reads) > Free)
        {
            _open.Wait(Longest);
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }
}
