using Microsoft.Extensions.DependencyInjection;

namespace FinConsole.Core.EncryptionKeys;

public static class EncryptionKeyServices
{
    public static IServiceCollection AddEncryptionKeys(this IServiceCollection services) => services
        .AddSingleton<KeyPairs>()
        .AddSingleton<GetEncryptionKey>();
}
