using Microsoft.Extensions.DependencyInjection;

namespace FinConsole.Core.Checklist;

public static class ChecklistServices
{
    public static IServiceCollection AddChecklist(this IServiceCollection services) => services.AddSingleton<GetSetupChecklist>().AddSingleton<DismissSetupChecklist>();
}
