using FinConsole.Core.Common;
using FinConsole.Core.EncryptionKeys.Decryption;
using FinConsole.Core.EncryptionKeys;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FinConsole.Web.EncryptionKeys;

/// <summary>Says whether a pasted ciphertext can be opened, and how to fix the client if not.</summary>
public sealed partial class TryCiphertextCard(TryCiphertext tryCiphertext, CurrentActor current)
{
    private string? _ciphertext;
    private TriedCiphertext? _tried;
    private string? _failure;
    private bool _running;

    [CascadingParameter]
    public UserClock Clock { get; set; } = default!;

    private static Severity SeverityOf(TriedCiphertext tried) => tried switch
    {
        { Answer: TriedOutcome.Opens, Key.DecryptUntil: null, Flaw: null } => Severity.Success,
        { Answer: TriedOutcome.Opens } or { Answer: TriedOutcome.OtherDigests, Length: not null } => Severity.Warning,
        _ => Severity.Error,
    };

    private string TextOf(TriedCiphertext tried)
    {
        var until = tried.Key?.DecryptUntil;
        return tried.Answer switch
        {
            TriedOutcome.Opens => Opened(until is null ? EncryptionKeysTexts.TryOpens : EncryptionKeysTexts.TryOpensPrevious, tried.Length, until),
            TriedOutcome.OtherDigests => OtherDigests(tried, tried.Key!.Digests, until),
            TriedOutcome.CannotBeOpened => EncryptionKeysTexts.TryCannot,
            TriedOutcome.KeyUnreadable => EncryptionKeysTexts.TryKeyUnreadable,
            TriedOutcome.Malformed => Texts.Format(EncryptionKeysTexts.TryMalformed, tried.Fault),
        };
    }

    private string Opened(string text, int? length, DateTimeOffset? until) => Texts.Format(text, KeyLabels.Bytes(length ?? 0), until is { } end ? Clock.Minute(end) : "");

    private static string? FlawOf(TriedCiphertext tried) => tried.Flaw switch
    {
        PlaintextFlaw.NotUtf8 => EncryptionKeysTexts.FlawNotUtf8,
        PlaintextFlaw.ContainsNul => EncryptionKeysTexts.FlawNul,
        PlaintextFlaw.ByteOrderMark => EncryptionKeysTexts.FlawByteOrderMark,
        PlaintextFlaw.LineBreak => EncryptionKeysTexts.FlawLineBreak,
        null => null,
    };

    private string OtherDigests(TriedCiphertext tried, OaepDigests digests, DateTimeOffset? until)
    {
        var key = until is { } end ? Texts.Format(EncryptionKeysTexts.TryForPrevious, Clock.Minute(end)) : EncryptionKeysTexts.TryForCurrent;
        var made = Texts.Format(EncryptionKeysTexts.TryDigests, key, OaepDigests.NameOf(digests.Hash), OaepDigests.NameOf(digests.Mgf1));
        var rest = tried.Length is { } length
            ? Texts.Format(EncryptionKeysTexts.TryDigestsAllowed, KeyLabels.Bytes(length))
            : EncryptionKeysTexts.TryDigestsRefused;
        return made + " " + rest;
    }

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
