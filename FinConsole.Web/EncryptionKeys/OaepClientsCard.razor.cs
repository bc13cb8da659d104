using FinConsole.Core.Common;
using FinConsole.Core.EncryptionKeys.Decryption;
using FinConsole.Web.Hosting;

namespace FinConsole.Web.EncryptionKeys;

/// <summary>Names the clients that encrypt with other digests than the guide's, and the line that fixes each mistake. Shows nothing where there is none.</summary>
public sealed partial class OaepClientsCard(ListOaepClients list, CurrentActor current)
{
    // The page is about the key; a long list stays folded.
    private const int AtFirst = 8;

    private IReadOnlyList<OaepClientRow>? _clients;
    private bool _all;

    protected override async Task OnInitializedAsync() => _clients = (await list.HandleAsync(await current.GetAsync(), CancellationToken.None)).Value;

    /// <summary>Each pair of digests once, the one that most clients use first.</summary>
    private static IEnumerable<OaepDigests> Mistakes(IEnumerable<OaepClientRow> clients) =>
        clients.GroupBy(client => client.Digests).OrderByDescending(group => group.Count()).Select(group => group.Key);

    private static string SenderOf(OaepClientRow client)
    {
        var ip = client.Ip ?? EncryptionKeysTexts.ClientsNoAddress;
        return client.Sender switch
        {
            OaepSender.Service => Texts.Format(EncryptionKeysTexts.ClientsByService, ip),
            OaepSender.Member => Texts.Format(EncryptionKeysTexts.ClientsByMember, client.Account, ip),
            OaepSender.SignIn => Texts.Format(EncryptionKeysTexts.ClientsBySignIn, client.Account, ip),
        };
    }
}
