using FinConsole.Core.Audit.Checkpoints;
using FinConsole.Core.Audit.Export;
using FinConsole.Core.Audit.Listing;
using FinConsole.Core.Audit.Search;
using FinConsole.Core.Audit.Verification;
using FinConsole.Core.Audit.Verification.Schema;
using FinConsole.Core.Audit.Volumes;
using Microsoft.Extensions.DependencyInjection;

namespace FinConsole.Core.Audit;

public static class AuditServices
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddSingleton<CheckpointSigner>()
        .AddSingleton<ChainVerifier>()
        .AddSingleton<ListChains>()
        .AddSingleton<CompareAuditSchema>()
        .AddSingleton<PepperNote>()
        .AddSingleton<KeyRingRows>()
        .AddSingleton<ISealedRows>(provider => provider.GetRequiredService<KeyRingRows>())
        .AddSingleton<SealedRows>()
        .AddSingleton<MakeAuditCheckpoint>()
        .AddSingleton<VerifyAuditChain>()
        .AddSingleton<VerifyEveryChain>()
        .AddSingleton<ListAuditEntries>()
        .AddSingleton<SearchAuditLog>()
        .AddSingleton<FollowAuditLog>()
        .AddSingleton<ExportAuditLog>()
        .AddSingleton<RecentAuditNames>()
        .AddSingleton<ShowCorrelated>()
        .AddSingleton<FoldAuditVolume>()
        .AddSingleton<ShowAuditVolume>()
        .AddHostedService<AuditVolumeWorker>();
}
