using FinConsole.Core.Common;
using FinConsole.Core.EncryptionKeys.Decryption;
using FinConsole.Core.Members;
using FinConsole.Core.Mfa;
using FinConsole.Core.SignIn.StepUp;

namespace FinConsole.Core.EncryptionKeys.Programs;

/// <summary>
/// Confirms who a program acts for, as the console's step-up does: with a password and a code in plaintext, or encrypted with the
/// tenant's key.
/// </summary>
public sealed class ConfirmByProgram(DecryptOwnSecret decrypt, ConfirmIdentity confirm, ConfirmMfaEnrolment enrol)
{
    /// <param name="password">Plaintext or ciphertext.</param>
    /// <param name="code">Plaintext or ciphertext; empty for none.</param>
    /// <param name="codeField">What the route calls the code.</param>
    /// <param name="actor">Who has to confirm.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result> HandleAsync(Secret password, Secret code, string codeField, Actor actor, CancellationToken cancellationToken)
    {
        var readPassword = await decrypt.ReadAsync(password, "Password", Permission.SetUpMfa, actor, cancellationToken);
        if (!readPassword.Succeeded)
            return readPassword.Error;
        var readCode = await decrypt.ReadAsync(code, codeField, Permission.SetUpMfa, actor, cancellationToken);
        return readCode.Succeeded
            ? ProgramErrors.Of(await confirm.HandleAsync(readPassword.Value, readCode.Value, actor, cancellationToken), codeField)
            : readCode.Error;
    }

    /// <summary>Confirms a new authenticator app with its first code, plaintext or ciphertext.</summary>
    public async Task<Result<IReadOnlyList<Secret>>> EnrolAsync(Secret code, Actor actor, CancellationToken cancellationToken)
    {
        var read = await decrypt.ReadAsync(code, "Code", Permission.SetUpMfa, actor, cancellationToken);
        return read.Succeeded ? await enrol.HandleAsync(read.Value, actor, cancellationToken) : read.Error;
    }
}
