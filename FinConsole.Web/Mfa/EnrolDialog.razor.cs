using System.Text;
using FinConsole.Core.Common;
using FinConsole.Core.Mfa;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using QRCoder;

namespace FinConsole.Web.Mfa;

/// <summary>Shows a new authenticator's secret as QR code and text, and takes its first code. Closes with the recovery codes when it is in force.</summary>
public sealed partial class EnrolDialog(ConfirmMfaEnrolment confirm, TotpIssuer issuer, CurrentActor current)
{
    private string _qr = "";
    private string _code = "";
    private string? _error;

    [CascadingParameter]
    public IMudDialogInstance Instance { get; set; } = default!;

    [Parameter, EditorRequired]
    public TotpSecret Secret { get; set; } = default!;

    /// <summary>The account's name in the app.</summary>
    [Parameter, EditorRequired]
    public string Account { get; set; } = "";

    protected override void OnInitialized() => _qr = Draw(Secret.RevealUri(Account, issuer.Name));

    // An image and no markup of the page's own: nothing in it can run. Dark on white in both themes, as cameras want it.
    private static string Draw(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var code = new SvgQRCode(data);
        var svg = code.GetGraphic(new System.Drawing.Size(184, 184), drawQuietZones: true, sizingMode: SvgQRCode.SizingMode.ViewBoxAttribute);
        return "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(svg));
    }

    private async Task SubmitAsync()
    {
        var confirmed = await confirm.HandleAsync(new Secret(_code), await current.GetAsync(), CancellationToken.None);
        _code = "";
        _error = confirmed.Error?.Message;
        if (confirmed.Succeeded)
            Instance.Close(confirmed.Value);
    }
}
