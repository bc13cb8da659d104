using FinConsole.Core.EncryptionKeys.Decryption;
using FinConsole.Core.EncryptionKeys.Programs;
using FinConsole.Core.Policies;
using Microsoft.Extensions.DependencyInjection;

namespace FinConsole.Core.EncryptionKeys;

public static class EncryptionKeyServices
{
    public static IServiceCollection AddEncryptionKeys(this IServiceCollection services) => services
        .AddSingleton<KeyPairs>()
        .AddSingleton<CiphertextOpener>()
        .AddSingleton<PayloadOpener>()
        .AddSingleton<PayloadLimiter>()
        .AddSingleton<OaepClients>()
        .AddSingleton<ListOaepClients>()
        .AddSingleton<PlaintextRule>()
        .AddSingleton<IPolicyCondition, EncryptionNeedsKey>()
        .AddSingleton<DecryptPayload>()
        .AddSingleton<DecryptOwnSecret>()
        .AddSingleton<GetPublicKey>()
        .AddSingleton<RotateKeyByProgram>()
        .AddSingleton<ChangePasswordByProgram>()
        .AddSingleton<ConfirmByProgram>()
        .AddSingleton<SignInSecrets>()
        .AddSingleton<GetEncryptionKey>()
        .AddSingleton<ListEncryptionKeys>()
        .AddSingleton<RotateEncryptionKey>()
        .AddSingleton<ExportPrivateKey>()
        .AddSingleton<TryCiphertext>()
        .AddSingleton<KeySweep>()
        .AddHostedService<KeyWorker>();
}
