using FinConsole.Core.Members;
using FinConsole.Core.Profile;
using FinConsole.Web.Account;
using FinConsole.Web.Components.Shared;
using FinConsole.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FinConsole.Web.Profile;

/// <summary>One's own name, time zone, theme and address.</summary>
public sealed partial class ProfilePage(GetProfile get, UpdateProfile update, CurrentActor current, NavigationManager navigation, IJSRuntime js)
{
    private ProfileView? _profile;
    private IReadOnlyDictionary<string, string>? _errors;
    private string? _failure;
    private string _name = "";
    private string _timeZone = "";
    private ThemeChoice _theme;
    private bool _saving;

    [SupplyParameterFromQuery]
    private string? Saved { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var found = await get.HandleAsync(await current.GetAsync(), CancellationToken.None);
        if (!found.Succeeded)
        {
            _failure = found.Error.Message;
            return;
        }

        _profile = found.Value;
        (_name, _timeZone, _theme) = (_profile.Name, _profile.TimeZone ?? "", _profile.Theme);
    }

    private static string NameOf(ThemeChoice theme) => theme switch
    {
        ThemeChoice.System => ProfileTexts.ThemeSystem,
        ThemeChoice.Light => ProfileTexts.ThemeLight,
        ThemeChoice.Dark => ProfileTexts.ThemeDark,
    };

    private string? Error(string field) => _errors?.GetValueOrDefault(field);

    private async Task SaveAsync()
    {
        if (_saving)
            return;
        _saving = true;
        try
        {
            var change = new ProfileChange(_name, _timeZone.Length == 0 ? null : _timeZone, _theme);
            var saved = await update.HandleAsync(change, await current.GetAsync(), CancellationToken.None);
            if (!saved.Succeeded)
            {
                _errors = saved.Error.Fields;
                _failure = saved.Error.Fields.Count == 0 ? saved.Error.Message : null;
                return;
            }

            if (!await js.TryInvokeVoidAsync("fc.setTheme", ThemeCookie.Value(_theme)))
            {
                (_errors, _failure) = (null, ProfileTexts.SavedUnseen);
                return;
            }

            // The name in the bar and every time on the page come from the request's claims: load anew.
            navigation.NavigateTo(ConsoleUrls.Profile + "?saved=1", forceLoad: true);
        }
        finally
        {
            _saving = false;
        }
    }
}
