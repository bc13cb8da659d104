using System.Reflection;
using FinConsole.Web;
using Microsoft.AspNetCore.Components;
using Xunit;

namespace FinConsole.Tests.Components;

/// <summary>Drawing a page goes from layout to layout until one has none: a chain that comes back to a layout would never end.</summary>
public sealed class LayoutChainTests
{
    [Fact]
    public void No_layout_stands_within_itself()
    {
        var layouts = typeof(ConsoleUrls).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LayoutComponentBase))).ToList();

        Assert.Contains(layouts, layout => OuterOf(layout) is not null);
        Assert.All(layouts, layout => Assert.DoesNotContain(layout, Around(layout, layouts.Count)));
    }

    private static IEnumerable<Type> Around(Type layout, int most)
    {
        for (var outer = OuterOf(layout); outer is not null && most > 0; outer = OuterOf(outer), most--)
            yield return outer;
    }

    private static Type? OuterOf(Type layout) => layout.GetCustomAttribute<LayoutAttribute>()?.LayoutType;
}
