using FinConsole.Core.UseCases.Idempotency;
using Microsoft.Extensions.DependencyInjection;

namespace FinConsole.Core.UseCases;

public static class UseCaseServices
{
    public static IServiceCollection AddUseCases(this IServiceCollection services) => services
        .AddSingleton<AuditedTransactions>()
        .AddSingleton<PermissionGuard>()
        .AddSingleton<IdempotencyGuard>();
}
