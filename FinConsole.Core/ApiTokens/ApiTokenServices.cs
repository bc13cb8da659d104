using Microsoft.Extensions.DependencyInjection;

namespace FinConsole.Core.ApiTokens;

public static class ApiTokenServices
{
    public static IServiceCollection AddApiTokens(this IServiceCollection services) => services
        .AddSingleton<TokenLookup>()
        .AddSingleton<CashierCheck>()
        .AddSingleton<CreateApiToken>()
        .AddSingleton<AcknowledgeApiToken>()
        .AddSingleton<RotateApiToken>()
        .AddSingleton<RetireApiToken>()
        .AddSingleton<InvalidateApiToken>()
        .AddSingleton<SetTokenDisabled>()
        .AddSingleton<EditApiToken>()
        .AddSingleton<VoidPendingToken>()
        .AddSingleton<IdentifyApiToken>()
        .AddSingleton<ReportRetiredToken>()
        .AddSingleton<ListApiTokens>()
        .AddSingleton<CountApiTokens>()
        .AddSingleton<ListTokensNeedingAttention>()
        .AddSingleton<ListTokenHolders>()
        .AddSingleton<ListTokensOfMember>()
        .AddSingleton<GetApiToken>()
        .AddSingleton<PreviewRotation>()
        .AddSingleton<TokenSweep>()
        .AddSingleton<ExpiryReminders>()
        .AddHostedService<TokenUpkeep>();
}
