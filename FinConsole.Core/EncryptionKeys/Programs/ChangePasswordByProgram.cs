using FinConsole.Core.Common;
using FinConsole.Core.EncryptionKeys.Decryption;
using FinConsole.Core.Members;
using FinConsole.Core.SignIn.Passwords;

namespace FinConsole.Core.EncryptionKeys.Programs;

/// <summary>
/// Changes the actor's own password for their program, with both passwords encrypted under the tenant's key: the use of that key that
/// fincode-api-connections names. With a second factor the program must have signed in within the last five minutes.
/// </summary>
public sealed class ChangePasswordByProgram(DecryptOwnSecret decrypt, ChangePassword change)
{
    /// <param name="current">The password that holds, in Base64 as all that is encrypted.</param>
    /// <param name="password">The one that is to.</param>
    public async Task<Result> HandleAsync(string? current, string? password, Actor actor, CancellationToken cancellationToken)
    {
        var old = await decrypt.HandleAsync(current, "CurrentPassword", actor, cancellationToken);
        if (!old.Succeeded)
            return old.Error;
        var chosen = await decrypt.HandleAsync(password, "NewPassword", actor, cancellationToken);
        return chosen.Succeeded ? await change.HandleAsync(old.Value, chosen.Value, actor, cancellationToken) : chosen.Error;
    }
}
