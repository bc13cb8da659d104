using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.ApiTokens.Rotation;
using FinConsole.Core.ApiTokens.Verification;
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
        .AddSingleton<RegenerateOwnToken>()
        .AddSingleton<RetireReplacedToken>()
        .AddSingleton<InvalidateApiToken>()
        .AddSingleton<RevokeApiToken>()
        .AddSingleton<SetTokenDisabled>()
        .AddSingleton<ChangeSeveralTokens>()
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
        .AddSingleton<FindApiTokens>()
        .AddSingleton<LookUpApiTokens>()
        .AddSingleton<PreviewRotation>()
        .AddSingleton<TokenIndex>()
        .AddHostedService(provider => provider.GetRequiredService<TokenIndex>())
        .AddSingleton<VerifyApiToken>()
        .AddSingleton<DescribeToken>()
        .AddSingleton<TokenSweep>()
        .AddSingleton<ExpiryReminders>()
        .AddHostedService<TokenWorker>();
}
