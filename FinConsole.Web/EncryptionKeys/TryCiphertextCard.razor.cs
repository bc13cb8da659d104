using FinConsole.Core.Common;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.EncryptionKeys;

/// <summary>Says whether a pasted ciphertext can be opened, and how to mend the client if not.</summary>
public sealed partial class TryCiphertextCard(TryCiphertext tryCiphertext, CurrentActor current)
{
    private string? _ciphertext;
    private TriedCiphertext? _tried;
    private string? _failure;
    private bool _running;

    [CascadingParameter]
    public ReaderClock Clock { get; set; } = default!;

    private static string ToneOf(TriedCiphertext tried) => tried switch
    {
        { Answer: TriedAnswer.Opens, Key.DecryptUntil: null } => "ok",
        { Answer: TriedAnswer.Opens or TriedAnswer.OpensWithMgf1Sha1 } => "warn",
        _ => "bad",
    };

    private string TextOf(TriedCiphertext tried)
    {
        var until = tried.Key?.DecryptUntil;
        return tried.Answer switch
        {
            TriedAnswer.Opens => Opened(until is null ? EncryptionKeysTexts.TryOpens : EncryptionKeysTexts.TryOpensPrevious, tried.Length, until),
            TriedAnswer.OpensWithMgf1Sha1 => Opened(until is null ? EncryptionKeysTexts.TryMgf1 : EncryptionKeysTexts.TryMgf1Previous, tried.Length, until),
            TriedAnswer.CannotBeOpened => EncryptionKeysTexts.TryCannot,
            TriedAnswer.CannotTell => EncryptionKeysTexts.TryCannotTell,
            TriedAnswer.Malformed => Texts.Format(EncryptionKeysTexts.TryMalformed, tried.Fault),
        };
    }

    private string Opened(string text, int? length, DateTimeOffset? until) => Texts.Format(text, KeyWords.Bytes(length ?? 0), until is { } end ? Clock.Minute(end) : "");

    private async Task SubmitAsync()
    {
        if (_running)
            return;
        _running = true;
        (_tried, _failure) = (null, null);
        try
        {
            var result = await tryCiphertext.HandleAsync(_ciphertext, await current.GetAsync(), CancellationToken.None);
            (_tried, _failure) = (result.Value, result.Error?.Message);
        }
        finally
        {
            _running = false;
        }
    }
}
