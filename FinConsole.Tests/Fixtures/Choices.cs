using Bunit;
using Microsoft.AspNetCore.Components;
using Xunit;

namespace FinConsole.Tests.Fixtures;

/// <summary>How tests use a list of MudBlazor's, which opens elsewhere: in the provider of what floats over the page.</summary>
internal static class Choices
{
    /// <summary>Opens the list of a field; what it offers.</summary>
    public static async Task<IReadOnlyList<string>> OptionsOfAsync<T>(this IRenderedComponent<T> host, string fieldId)
        where T : IComponent
    {
        await host.Find($"#{fieldId}").MouseDownAsync(new());
        host.WaitForAssertion(() => Assert.NotEmpty(host.FindAll("[role=option]")));
        return [.. host.FindAll("[role=option]").Select(option => option.TextContent.Trim())];
    }

    public static async Task ChooseAsync<T>(this IRenderedComponent<T> host, string fieldId, string option)
        where T : IComponent
    {
        var at = (await host.OptionsOfAsync(fieldId)).ToList().IndexOf(option);
        Assert.True(at >= 0, $"{option} is not offered.");
        await host.FindAll("[role=option]")[at].ClickAsync(new());
        host.WaitForAssertion(() => Assert.Equal(option, host.Find($"#{fieldId}").GetAttribute("value")));
    }
}
