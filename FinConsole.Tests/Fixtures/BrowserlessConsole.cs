using System.Security.Claims;
using Bunit;
using FinConsole.Core.SignIn.StepUp;
using FinConsole.Web.Components.Dialogs;
using FinConsole.Web.Components.Lists;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using FinConsole.Web.SignIn;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;

namespace FinConsole.Tests.Fixtures;

/// <summary>Renders components of the console for one member, over real Core, without a browser. The browser's own part is left to the end-to-end tests.</summary>
public sealed class BrowserlessConsole : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly UserClock _clock;

    // One second, as it is unless told, is less than a busy machine takes.
    static BrowserlessConsole() => DefaultWaitTimeout = Patience;

    public BrowserlessConsole(CoreHost core, TestMember member)
    {
        _clock = new UserClock(TimeZoneInfo.Utc, core.Time);
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddFallbackServiceProvider(core.Get<IServiceProvider>());
        Services.AddMudServices();
        Services.AddSingleton<TimeProvider>(core.Time);
        Services.AddScoped<CurrentActor>();
        Services.AddScoped<Toasts>();
        Services.AddScoped<PageMenu>();
        Services.AddScoped<OpenDialogs>();
        Services.AddScoped(services => new StepUp(services.GetRequiredService<IDialogService>(), core.Get<ConfirmIdentity>(), services.GetRequiredService<CurrentActor>()));
        Services.AddSingleton<AuthenticationStateProvider>(new FixedMember(member));
        Services.AddCascadingAuthenticationState();
    }

    /// <summary>Renders as a circuit does. Not before, since tests add services of their own.</summary>
    public override IRenderedComponent<T> Render<T>(Action<ComponentParameterCollectionBuilder<T>>? parameters = null)
    {
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        return base.Render(parameters);
    }

    /// <summary>Renders under what the console's routes cascade.</summary>
    public IRenderedComponent<T> Show<T>(Action<ComponentParameterCollectionBuilder<T>> parameters)
        where T : IComponent => Render<T>(builder =>
        {
            builder.AddCascadingValue(_clock);
            parameters(builder);
        });

    /// <summary>Rows as the browser has them, in a table.</summary>
    public IRenderedComponent<IComponent> Draw(params IEnumerable<DrawnRow> rows) =>
        Render(builder => builder.AddMarkupContent(0, $"<table>{string.Concat(rows.Select(row => row.Html.Value))}</table>"));

    /// <summary>Opens a dialog as a page does. Its markup is in what is returned; what it was closed with comes with <paramref name="closed"/>.</summary>
    public IRenderedComponent<DialogHost> Open<TDialog>(DialogParameters<TDialog> parameters, Action<DialogResult?>? closed = null)
        where TDialog : IComponent
    {
        var providers = Render<DialogHost>(builder => builder.AddCascadingValue(_clock));
        var dialogs = Services.GetRequiredService<IDialogService>();
        _ = providers.InvokeAsync(async () =>
        {
            var reference = await dialogs.OpenAsync(parameters);
            closed?.Invoke(await reference.Result);
        });
        return providers;
    }

    /// <summary>What the layout has.</summary>
    public sealed class DialogHost : ComponentBase
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenComponent<MudPopoverProvider>(0);
            builder.CloseComponent();
            builder.OpenComponent<MudDialogProvider>(1);
            builder.CloseComponent();
        }
    }

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
