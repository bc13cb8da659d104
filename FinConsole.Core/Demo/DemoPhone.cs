using FinConsole.Core.Common;
using FinConsole.Core.Mfa;

namespace FinConsole.Core.Demo;

/// <summary>An authenticator app of the demo's. It never shows a code twice, since none works twice.</summary>
internal sealed class DemoPhone(TotpSecret secret)
{
    private long _last;

    /// <summary>The code of now, or of the next half minute where that of now is spent.</summary>
    public Secret NextCode(DateTimeOffset now)
    {
        _last = Math.Max(_last + 1, Totp.StepOf(now));
        return new Secret(Totp.Code(secret.Bytes, _last));
    }
}
