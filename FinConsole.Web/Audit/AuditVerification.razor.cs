using System.Globalization;
using FinConsole.Core.Audit.Checkpoints;
using FinConsole.Core.Audit.Verification;
using FinConsole.Core.Common;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace FinConsole.Web.Audit;

/// <summary>Verifies the tenant's chain. The work is done beside the circuit, which only looks at how far it is: its buttons go on answering.</summary>
public sealed partial class AuditVerification(VerifyAuditChain verify, MakeAuditCheckpoint makeCheckpoint, CurrentActor current, IJSRuntime js, TimeProvider time) : IDisposable
{
    private const long LargestCheckpoint = 16 * 1024;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private readonly Progressed _progress = new();
    private CancellationTokenSource? _cancel;
    private bool _running;
    private string? _outcome;
    private Severity _severity = Severity.Success;

    /// <summary>Told after something was written to the log: the page may show it.</summary>
    [Parameter]
    public EventCallback OnWritten { get; set; }

    private int Percent => _progress.Latest is { Size: > 0 } latest ? (int)(100 * latest.Entries / latest.Size) : 0;

    private string Progress => _progress.Latest is { } latest ? Texts.Format(AuditTexts.VerifyProgress, Count(latest.Entries), Count(latest.Size)) : AuditTexts.VerifyBegins;

    public void Dispose() => _cancel?.Cancel();

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private async Task VerifyAgainstAsync(InputFileChangeEventArgs chosen)
    {
        if (_running)
            return;
        AuditCheckpoint? checkpoint = null;
        if (chosen.File.Size <= LargestCheckpoint)
        {
            using var reader = new StreamReader(chosen.File.OpenReadStream(LargestCheckpoint));
            checkpoint = AuditCheckpoint.Parse(await reader.ReadToEndAsync());
        }

        if (checkpoint is null)
            (_outcome, _severity) = (Texts.Format(AuditTexts.NotACheckpoint, chosen.File.Name), Severity.Error);
        else
            await VerifyAsync(checkpoint);
    }

    private async Task VerifyAsync(AuditCheckpoint? checkpoint)
    {
        (_running, _outcome, _progress.Latest) = (true, null, null);
        using var cancel = _cancel = new CancellationTokenSource();
        try
        {
            var actor = await current.GetAsync();
            var work = Task.Run(() => verify.HandleAsync(checkpoint, actor, _progress, cancel.Token), CancellationToken.None);
            while (await Task.WhenAny(work, Task.Delay(Tick, time, CancellationToken.None)) != work)
                StateHasChanged();
            (_outcome, _severity) = Say(await work, checkpoint is not null);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            (_outcome, _severity) = (AuditTexts.VerifyCancelled, Severity.Info);
        }
        finally
        {
            (_running, _cancel) = (false, null);
        }

        await OnWritten.InvokeAsync();
    }

    private static (string Text, Severity Severity) Say(Result<AuditVerdict> result, bool against) => result switch
    {
        { Error: { } refusal } => (refusal.Message, Severity.Error),
        { Value.Fault: { } fault } => (Texts.Format(AuditTexts.VerdictBroken, fault.Describe()), Severity.Error),
        { Value: { } verdict } => (Texts.Format(against ? AuditTexts.VerdictIntactAgainst : AuditTexts.VerdictIntact, Count(verdict.Entries)), Severity.Success),
        _ => throw new InvalidOperationException("A verification answers with a verdict or a refusal."),
    };

    private void Cancel() => _cancel?.Cancel();

    private async Task CheckpointAsync()
    {
        var made = await makeCheckpoint.HandleAsync(await current.GetAsync(), CancellationToken.None);
        if (!made.Succeeded)
        {
            (_outcome, _severity) = (made.Error.Message, Severity.Error);
            return;
        }

        var saved = await js.TryInvokeVoidAsync("fc.save", Texts.Format("audit-checkpoint-{0}.json", made.Value.Size), made.Value.ToJson() + "\n");
        (_outcome, _severity) = saved
            ? (Texts.Format(AuditTexts.CheckpointMade, Count(made.Value.Size)), Severity.Success)
            : (AuditTexts.CheckpointLost, Severity.Warning);
        await OnWritten.InvokeAsync();
    }

    private sealed class Progressed : IProgress<VerifiedSoFar>
    {
        private readonly Lock _lock = new();
        private VerifiedSoFar? _latest;

        public VerifiedSoFar? Latest
        {
            get
            {
                lock (_lock)
                    return _latest;
            }

            set
            {
                lock (_lock)
                    _latest = value;
            }
        }

        public void Report(VerifiedSoFar value) => Latest = value;
    }
}
