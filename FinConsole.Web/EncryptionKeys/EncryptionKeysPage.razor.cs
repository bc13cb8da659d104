using FinConsole.Core.EncryptionKeys;
using FinConsole.Web.Hosting;

namespace FinConsole.Web.EncryptionKeys;

/// <summary>The tenant's public key, to encrypt sensitive fields with.</summary>
public sealed partial class EncryptionKeysPage(GetEncryptionKey get, CurrentActor current)
{
    private EncryptionKeyView? _key;
    private string? _failure;

    protected override async Task OnInitializedAsync()
    {
        var result = await get.HandleAsync(await current.GetAsync(), CancellationToken.None);
        (_key, _failure) = (result.Value, result.Error?.Message);
    }
}
