using System.Security.Claims;
using Bunit;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using FinConsole.Web.SignIn;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace FinConsole.Tests.Fixtures;

/// <summary>Renders components of the console for one member, over real Core, without a browser. The browser's own part is left to the end-to-end tests.</summary>
public sealed class BrowserlessConsole : BunitContext
{
    private readonly UserClock _clock;

    public BrowserlessConsole(CoreHost core, TestMember member)
    {
        _clock = new UserClock(TimeZoneInfo.Utc, core.Time);
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddFallbackServiceProvider(core.Get<IServiceProvider>());
        Services.AddSingleton<TimeProvider>(core.Time);
        Services.AddScoped<CurrentActor>();
        Services.AddScoped<Toasts>();
        Services.AddScoped<StepUp>();
        Services.AddSingleton<AuthenticationStateProvider>(new FixedMember(member));
        Services.AddCascadingAuthenticationState();
    }

    /// <summary>Renders under what the console's routes cascade.</summary>
    public IRenderedComponent<T> Show<T>(Action<ComponentParameterCollectionBuilder<T>> parameters)
        where T : IComponent => Render<T>(builder =>
        {
            builder.AddCascadingValue(_clock);
            parameters(builder);
        });

    private sealed class FixedMember(TestMember member) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity(
            [
                new(ConsoleClaims.Member, member.Id.ToString()),
                new(ConsoleClaims.Tenant, member.TenantId.ToString()),
                new(ConsoleClaims.Session, member.Actor.SessionId!.Value.ToString()),
                new(ConsoleClaims.Role, member.Role.ToString()),
                new(ConsoleClaims.Name, member.Name),
                new(ConsoleClaims.Email, member.Email),
            ],
            "test"))));
    }
}
