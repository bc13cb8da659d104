using Microsoft.Extensions.DependencyInjection;

namespace FinConsole.Core.SavedViews;

public static class SavedViewServices
{
    public static IServiceCollection AddSavedViews(this IServiceCollection services) => services
        .AddSingleton<ListSavedViews>()
        .AddSingleton<SaveView>()
        .AddSingleton<EditSavedView>()
        .AddSingleton<DeleteSavedView>();
}
