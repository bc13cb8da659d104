using FinConsole.Core.Common;
using FinConsole.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;
using MudBlazor;

namespace FinConsole.Web.Components.Dialogs;

/// <summary>Shows a secret once. Closes with true when it was confirmed as saved, with false when its time ran out and the person has seen that.</summary>
public sealed partial class ShowOnceDialog(IJSRuntime js, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan WarnBefore = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _gone = new();
    private bool _void;
    private bool _leaving;
    private string? _failure;

    [CascadingParameter]
    public IMudDialogInstance Instance { get; set; } = default!;

    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    [Parameter, EditorRequired]
    public string Warning { get; set; } = "";

    [Parameter, EditorRequired]
    public Secret Secret { get; set; } = default!;

    [Parameter, EditorRequired]
    public string CopyText { get; set; } = "";

    /// <summary>"I have saved it".</summary>
    [Parameter, EditorRequired]
    public string ConfirmText { get; set; } = "";

    /// <summary>When it is void without confirmation; null for secrets that are not.</summary>
    [Parameter]
    public DateTimeOffset? VoidAt { get; set; }

    /// <summary>Ready-made lines with the secret in them.</summary>
    [Parameter]
    public IReadOnlyList<Sample> Samples { get; set; } = [];

    /// <summary>Notes that it is saved; a refusal is shown.</summary>
    [Parameter, EditorRequired]
    public Func<Task<Result>> Confirm { get; set; } = default!;

    private TimeSpan Left => VoidAt is { } end ? end - time.GetUtcNow() : TimeSpan.MaxValue;

    private string LeftText => Left < TimeSpan.Zero ? "0:00" : $"{(int)Left.TotalMinutes}:{Left.Seconds:00}";

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override void OnInitialized()
    {
        if (VoidAt is not null)
            _ = CountDownAsync();
    }

    private async Task CountDownAsync()
    {
        using var timer = new PeriodicTimer(Tick, time);
        try
        {
            while (!_void && await timer.WaitForNextTickAsync(_gone.Token))
            {
                _void = Left <= TimeSpan.Zero;
                await InvokeAsync(StateHasChanged);
            }
        }
        catch (OperationCanceledException)
        {
            // The dialog is gone.
        }
    }

    private async Task ConfirmAsync()
    {
        _leaving = true;
        try
        {
            var result = await Confirm();
            _failure = result.Error?.Message;
            if (result.Succeeded)
                Instance.Close(true);
        }
        finally
        {
            _leaving = false;
        }
    }

    private async Task AskBeforeLeavingAsync(LocationChangingContext context)
    {
        if (!_leaving && !_void && !await js.InvokeAsync<bool>("confirm", context.CancellationToken, SharedTexts.LeaveAnyway))
            context.PreventNavigation();
    }

    /// <summary>A line to copy.</summary>
    /// <param name="Id">Unique in the page.</param>
    /// <param name="Label">What it is.</param>
    /// <param name="Text">The line, with the secret in it.</param>
    public sealed record Sample(string Id, string Label, string Text)
    {
        public override string ToString() => $"Sample {Id}";
    }
}
