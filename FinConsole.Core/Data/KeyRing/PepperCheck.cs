using FinConsole.Core.Common;
using Microsoft.EntityFrameworkCore;

namespace FinConsole.Core.Data.KeyRing;

/// <summary>
/// Refuses to run with another pepper than the one that this database's tokens were hashed under. What it compares with is written when the
/// installation begins, together with the register of audit chains.
/// </summary>
public sealed class PepperCheck(ConsoleDb db, Pepper pepper)
{
    /// <exception cref="ConfigurationRefusedException">The configured pepper is not this database's.</exception>
    public async Task EnsureSameAsync(CancellationToken cancellationToken)
    {
        await using var context = db.OpenForOperator();
        var known = await context.Set<InstanceFact>().AsNoTracking()
            .SingleOrDefaultAsync(fact => fact.Name == InstanceFact.PepperFingerprint, cancellationToken);
        if (known is not null && known.Value != pepper.Fingerprint && known.Value != pepper.FingerprintBeforeRegister
            && known.Value != pepper.FingerprintBeforeRingSeals)
        {
            throw new ConfigurationRefusedException(Texts.Format(KeyRingTexts.OtherPepper, pepper.Fingerprint, known.Value));
        }
    }
}
