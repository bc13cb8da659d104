using FinConsole.Core.Common;
using Microsoft.AspNetCore.Authorization;

namespace FinConsole.Web.Hosting.Authorization;

/// <summary>
/// On pages: <c>@attribute [RequireRight(Right.ReadTokens)]</c>; the same by name is the policy <c>Right:ReadTokens</c>. It only
/// keeps people from pages that would show them nothing: Core checks the right again at every use case.
/// </summary>
public sealed class RequirePermissionAttribute(Permission permission) : AuthorizeAttribute(PermissionPolicies.Name(permission));

/// <summary>One policy for each <see cref="Permission"/>.</summary>
public static class PermissionPolicies
{
    public static string Name(Permission permission) => $"Right:{permission}";

    /// <summary>States the decision for whole groups of endpoints; those that say [AllowAnonymous] themselves stay open.</summary>
    public static TBuilder RequirePermission<TBuilder>(this TBuilder endpoints, Permission permission)
        where TBuilder : IEndpointConventionBuilder => endpoints.RequireAuthorization(Name(permission));

    public static AuthorizationBuilder AddPermissionPolicies(this AuthorizationBuilder builder)
    {
        builder.Services.AddSingleton<IAuthorizationHandler, PermissionHandler>();
        foreach (var permission in Enum.GetValues<Permission>())
            builder.AddPolicy(Name(permission), policy => policy.RequireAuthenticatedUser().AddRequirements(new PermissionRequirement(permission)));
        return builder;
    }

    private sealed record PermissionRequirement(Permission Permission) : IAuthorizationRequirement;

    private sealed class PermissionHandler : AuthorizationHandler<PermissionRequirement>
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
        {
            if (context.User.May(requirement.Permission))
                context.Succeed(requirement);
            return Task.CompletedTask;
        }
    }
}
