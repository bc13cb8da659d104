using FinConsole.Core.EncryptionKeys.Decryption;
using FinConsole.Web.Hosting;

namespace FinConsole.Web.EncryptionKeys;

/// <summary>Names the clients that pad with MGF1-SHA-1, and the one line that mends them. Shows nothing where there is none.</summary>
public sealed partial class Mgf1ClientsCard(ListMgf1Clients list, CurrentActor current)
{
    private IReadOnlyList<Mgf1ClientRow>? _clients;

    protected override async Task OnInitializedAsync() => _clients = (await list.HandleAsync(await current.GetAsync(), CancellationToken.None)).Value;
}
