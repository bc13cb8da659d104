using FinConsole.Core.AuditLog.Chain;
using FinConsole.Core.Common;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Components.Layout;

/// <summary>What a person sees of a bug: plain words and a reference; the log has the rest under the same reference.</summary>
public sealed partial class PageFailure(ILogger<PageFailure> logger, TimeProvider time)
{
    private string _reference = "";

    [Parameter, EditorRequired]
    public Exception Failure { get; set; } = default!;

    private string Text => Texts.Format(AuditChainBrokenException.IsCauseOf(Failure) ? LayoutTexts.FailureAuditBroken : LayoutTexts.FailureText, _reference);

    protected override void OnInitialized()
    {
        _reference = Ids.New(time).ToString("N")[^12..];
        LogPageFailed(Failure, _reference);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A page failed; reference {Reference}")]
    private partial void LogPageFailed(Exception failure, string reference);
}
