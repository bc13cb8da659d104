using FinConsole.Core.Common;
using Microsoft.AspNetCore.Authorization;

namespace FinConsole.Web.Hosting.Authorization;

/// <summary>
/// On pages: <c>@attribute [RequireRight(Right.ReadTokens)]</c>; the same by name is the policy <c>Right:ReadTokens</c>. It only
/// keeps people from pages that would show them nothing: Core checks the right again at every use case.
/// </summary>
public sealed class RequireRightAttribute(Right right) : AuthorizeAttribute(RightPolicies.Name(right));

/// <summary>One policy for each <see cref="Right"/>.</summary>
public static class RightPolicies
{
    public static string Name(Right right) => $"Right:{right}";

    /// <summary>States the decision for whole groups of endpoints; those that say [AllowAnonymous] themselves stay open.</summary>
    public static TBuilder RequireRight<TBuilder>(this TBuilder endpoints, Right right)
        where TBuilder : IEndpointConventionBuilder => endpoints.RequireAuthorization(Name(right));

    public static AuthorizationBuilder AddRightPolicies(this AuthorizationBuilder builder)
    {
        builder.Services.AddSingleton<IAuthorizationHandler, RightHandler>();
        foreach (var right in Enum.GetValues<Right>())
            builder.AddPolicy(Name(right), policy => policy.RequireAuthenticatedUser().AddRequirements(new RightRequirement(right)));
        return builder;
    }

    private sealed record RightRequirement(Right Right) : IAuthorizationRequirement;

    private sealed class RightHandler : AuthorizationHandler<RightRequirement>
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RightRequirement requirement)
        {
            if (context.User.May(requirement.Right))
                context.Succeed(requirement);
            return Task.CompletedTask;
        }
    }
}
