using System.Reflection;
using FinConsole.Web.Hosting;
using FinConsole.Web.Hosting.Api;
using Xunit;

namespace FinConsole.Tests.Hosting;

/// <summary>Every list whose address states its filters: a value that is not understood is told, and never passes for a filter.</summary>
public sealed class AddressTests
{
    // Free text: whatever stands there is searched for, and shown in its field.
    private static readonly string[] Texts =
        ["TokenListQuery.q", "MemberListQuery.q", "LoginListQuery.account", "LoginListQuery.ip", "LoginListQuery.country", "UsageListQuery.endpoint", "UsageListQuery.country"];

    // The page reads it itself: an attempt is opened beside the list.
    private static readonly string[] PagesOwn = ["LoginListQuery.attempt"];

    public static TheoryData<string, string> Keys =>
        [.. from type in Queries()
            from key in KeysOf(type)
            where !PagesOwn.Contains($"{type.Name}.{key}")
            select (type.Name, key)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_value_that_is_not_understood_is_told_by_its_name(string query, string key)
    {
        foreach (var odd in new[] { "odd-value", "99", "2026-02-30", "Active,Void", "yes" })
        {
            var (read, ignored) = Read(query, key, odd);
            if (Texts.Contains($"{query}.{key}"))
                Assert.Contains(odd, read.ToString(), StringComparison.Ordinal);
            else
                Assert.Equal([new IgnoredValue(key, odd)], ignored);
        }
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_name_without_a_value_says_nothing(string query, string key) => Assert.Empty(Read(query, key, "").Ignored);

    [Theory]
    [InlineData("1", true)]
    [InlineData("true", true)]
    [InlineData("TRUE", true)]
    [InlineData("0", false)]
    [InlineData("false", false)]
    public void A_flag_is_understood_in_both_of_its_forms(string value, bool expected)
    {
        var (read, ignored) = Read("LoginListQuery", "suspicious", value);

        Assert.Empty(ignored);
        Assert.Equal(expected, ((Web.LoginHistory.LoginListQuery)read).Suspicious);
    }

    [Fact]
    public void An_end_before_its_beginning_and_an_end_alone_are_told()
    {
        var ignored = new List<IgnoredValue>();
        Web.Usage.UsageListQuery.Read(key => key switch { "from" => "2026-03-05", "to" => "2026-03-01", _ => null }, ignored);

        Assert.Equal([new IgnoredValue("to", "2026-03-01")], ignored);
    }

    private static IEnumerable<Type> Queries() => typeof(IgnoredValue).Assembly.GetTypes().Where(type => type.Name.EndsWith("ListQuery", StringComparison.Ordinal) && type != typeof(ListQuery));

    private static IEnumerable<string> KeysOf(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral && field.Name.EndsWith("Key", StringComparison.Ordinal)).Select(field => (string)field.GetValue(null)!);

    // By the keys, or by one parameter for each of them in their order.
    private static (object Read, List<IgnoredValue> Ignored) Read(string query, string key, string value)
    {
        var ignored = new List<IgnoredValue>();
        var type = Queries().Single(each => each.Name == query);
        var method = type.GetMethod("Read", BindingFlags.Public | BindingFlags.Static)!;
        Func<string, string?> find = each => each == key ? value : null;
        object?[] arguments = method.GetParameters()[0].ParameterType == find.GetType() ? [find, ignored] : [.. KeysOf(type).Select(find), ignored];
        return (method.Invoke(null, arguments)!, ignored);
    }
}
