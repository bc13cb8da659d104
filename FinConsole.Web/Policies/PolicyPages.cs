using FinConsole.Core.Policies;

namespace FinConsole.Web.Policies;

/// <summary>What the policy page asks of Core.</summary>
public sealed record PolicyCommands(GetPolicy Get, UpdatePolicy Update, PolicyEffects Effects);

public static class PolicyPages
{
    public static IServiceCollection AddPolicyPages(this IServiceCollection services) => services.AddSingleton<PolicyEffects>().AddSingleton<PolicyCommands>();
}
