using Bunit;
using FinConsole.Core.ApiTokens;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.Components.Inputs;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using MudBlazor;
using Xunit;

namespace FinConsole.Tests.Components;

public sealed class ChoiceFieldTests(SqliteCore core) : IClassFixture<SqliteCore>
{
    [Fact]
    public async Task Opens_says_what_there_is_and_takes_what_is_chosen()
    {
        await using var console = new BrowserlessConsole(core, (await core.NewTenantAsync()).Developer);
        var form = console.Render<Form>();
        var input = form.Find("#it");
        Assert.Equal(("combobox", "false", "Text of None"), (input.GetAttribute("role"), input.GetAttribute("aria-expanded"), input.GetAttribute("value")));
        Assert.Equal("Overlap", form.Find("label[for=it]").TextContent);

        Assert.Equal(Enum.GetValues<TokenOverlap>().Select(each => $"Text of {each}"), await form.OptionsOfAsync("it"));
        input = form.Find("#it");
        Assert.Equal("true", input.GetAttribute("aria-expanded"));
        Assert.Equal("listbox", form.Find($"#{input.GetAttribute("aria-controls")}").GetAttribute("role"));

        await form.FindAll("[role=option]")[2].ClickAsync(new());
        form.WaitForAssertion(() => Assert.Equal("Text of Hours24", form.Find("#it").GetAttribute("value")));
        Assert.Equal(TokenOverlap.Hours24, form.Instance.Chosen);
        Assert.Single(form.FindComponents<MudSelect<TokenOverlap?>>());
    }

    [Fact]
    public async Task Without_a_choice_it_asks_for_one_and_says_why_it_was_refused()
    {
        await using var console = new BrowserlessConsole(core, (await core.NewTenantAsync()).Developer);
        var form = console.Render<Form>(parameters => parameters.Add(each => each.Chosen, null).Add(each => each.Error, "Choose one."));

        var input = form.Find("#it");
        Assert.Equal(("", "Choose", "true"), (input.GetAttribute("value") ?? "", input.GetAttribute("placeholder"), input.GetAttribute("aria-invalid")));
        Assert.Equal("Choose one.", form.Find($"#{input.GetAttribute("aria-describedby")!.Split(' ')[0]}").TextContent.Trim());
    }

    [Fact]
    public async Task Disabled_it_does_not_open()
    {
        await using var console = new BrowserlessConsole(core, (await core.NewTenantAsync()).Developer);
        var form = console.Render<Form>(parameters => parameters.Add(each => each.Disabled, true));

        Assert.True(form.Find("#it").HasAttribute("disabled"));
        await form.Find("#it").KeyDownAsync(Key.Enter);
        Assert.Empty(form.FindAll("[role=option]"));
    }

    private sealed class Form : ComponentBase
    {
        [Parameter]
        public TokenOverlap? Chosen { get; set; } = TokenOverlap.None;

        [Parameter]
        public string? Error { get; set; }

        [Parameter]
        public bool Disabled { get; set; }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenComponent<MudPopoverProvider>(0);
            builder.CloseComponent();
            builder.OpenComponent<ChoiceField<TokenOverlap?>>(1);
            builder.AddComponentParameter(2, nameof(ChoiceField<>.Id), "it");
            builder.AddComponentParameter(3, nameof(ChoiceField<>.Label), "Overlap");
            builder.AddComponentParameter(4, nameof(ChoiceField<>.Options), Enum.GetValues<TokenOverlap>().Cast<TokenOverlap?>());
            builder.AddComponentParameter(5, nameof(ChoiceField<>.Text), (TokenOverlap? each) => $"Text of {each}");
            builder.AddComponentParameter(6, nameof(ChoiceField<>.Value), Chosen);
            builder.AddComponentParameter(7, nameof(ChoiceField<>.ValueChanged), EventCallback.Factory.Create<TokenOverlap?>(this, each => Chosen = each));
            builder.AddComponentParameter(8, nameof(ChoiceField<>.Placeholder), "Choose");
            builder.AddComponentParameter(9, nameof(ChoiceField<>.Error), Error);
            builder.AddComponentParameter(10, nameof(ChoiceField<>.Disabled), Disabled);
            builder.CloseComponent();
        }
    }
}
