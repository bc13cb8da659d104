using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using FinConsole.Core.Common;
using FinConsole.Tests.Fixtures;
using FinConsole.Web.Hosting.Authentication;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FinConsole.Tests.Account;

/// <summary>Every page and its form over HTTP, every field and every part of the address filled with what is no text: a page comes back, never a fault.</summary>
public sealed partial class TextOfEveryFormTests(TextOfEveryFormTests.Console console) : IClassFixture<TextOfEveryFormTests.Console>
{
    private static readonly string[] Poison = ["%EF%BF%BE", "%ED%A0%80", "%FF", "%00", "%F4%8F%BF%BF", "%EF%B7%90", "ann%EF%BF%BE%40acme.example", "violet%EF%BF%BFkettle"];

    /// <summary>On a port of its own: what a header cannot hold shows there alone.</summary>
    public sealed class Console : ApiConsole;

    private sealed record Form(string Page, string Name, IReadOnlyList<string> Fields);

    private IEnumerable<(string Route, Type Page)> Pages =>
        from endpoint in console.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null && endpoint.RoutePattern.Parameters.Count == 0
        select ("/" + endpoint.RoutePattern.RawText!.TrimStart('/'), endpoint.Metadata.GetMetadata<ComponentTypeMetadata>()!.Type);

    private IEnumerable<Form> Forms =>
        from page in Pages
        from property in page.Page.GetProperties(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
        let form = property.GetCustomAttribute<SupplyParameterFromFormAttribute>()
        where form is not null
        select new Form(page.Route, form.FormName!, [.. property.PropertyType.GetProperties().Select(each => $"{property.Name}.{each.Name}")]);

    [Fact]
    public async Task No_field_of_a_form_breaks_its_page()
    {
        List<Form> forms = [.. Forms, new Form("/account/confirm-email", "confirm-email", [])];
        Assert.Equal(7, forms.Select(form => form.Name).Distinct().Count());
        using var browser = NewBrowser();
        foreach (var form in forms)
        {
            foreach (var poison in Poison)
            {
                foreach (var field in form.Fields)
                    await PostAsync(browser, form, $"{field}={poison}");
                await PostAsync(browser, form, string.Join('&', form.Fields.Select(field => $"{field}={poison}")));
                await PostAsync(browser, form, $"{poison}=x");
                await PostAsync(browser, form with { Page = $"{form.Page}?token={poison}&returnUrl={poison}" }, string.Join('&', form.Fields.Select(field => $"{field}=x")));
            }
        }
    }

    [Fact]
    public async Task No_part_of_an_address_breaks_a_page()
    {
        using var browser = await NewSignedInBrowserAsync();
        var keys = Pages.SelectMany(page => page.Page.GetProperties(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public))
            .Select(property => property.GetCustomAttribute<SupplyParameterFromQueryAttribute>() is { } query ? query.Name ?? property.Name : null).OfType<string>()
            .Concat(["q", "zone", "account", "ip", "country", "outcome", "from", "to", "token", "endpoint", "before", "cursor", "status", "search"]).Distinct().ToList();
        var paths = Pages.Select(page => page.Route).Concat(["/security/audit/export", "/security/logins/export", "/settings/api-connections/keys/guide.md", "/docs", "/nowhere"]).Distinct();
        foreach (var path in paths.Where(path => path != "/account/logout"))
        {
            foreach (var poison in Poison.Take(4))
                await GetAsync(browser, $"{path}?{string.Join('&', keys.Select(key => $"{key}={poison}"))}");
        }

        foreach (var poison in Poison.Where(poison => poison != "%00"))
            await GetAsync(browser, "/" + poison);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7")]
    [InlineData("application/x-www-form-urlencoded; charset=bogus")]
    [InlineData("application/x-www-form-urlencoded; charset=ibm037")]
    [InlineData("application/x-www-form-urlencoded; charset=\"\"")]
    [InlineData("multipart/form-data; boundary=x; charset=utf-7")]
    public async Task A_form_in_another_character_set_is_415_on_every_page(string type)
    {
        using var browser = await NewSignedInBrowserAsync();
        foreach (var (route, _) in Pages)
        {
            using var answer = await PostRawAsync(browser, route, type, "x=y");
            Assert.True(answer.StatusCode == HttpStatusCode.UnsupportedMediaType, $"{route}: {answer.StatusCode}");
            Assert.StartsWith("text/html", answer.Content.Headers.ContentType?.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/x-www-form-urlencoded; charset=")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-8")]
    [InlineData(";;")]
    public async Task A_form_that_is_broken_otherwise_is_a_clients_fault(string type)
    {
        using var browser = await NewSignedInBrowserAsync();
        var many = string.Join('&', Enumerable.Range(0, 3000).Select(number => $"k{number}=v"));
        foreach (var (route, _) in Pages)
        {
            foreach (var body in new[] { "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb", many, new string('k', 10_000) + "=v", "%=%&%zz=%u0041" })
            {
                using var answer = await PostRawAsync(browser, route, type, body);
                Assert.True((int)answer.StatusCode is >= 300 and < 500, $"{route} {body[..5]}: {answer.StatusCode}");
            }
        }
    }

    [Theory]
    [InlineData("/%C3%BC", "/%C3%BC")]
    [InlineData("/team?q=%C3%BC%20%E6%9D%B1#%F0%9F%90%99", "/team?q=%C3%BC%20%E6%9D%B1#%F0%9F%90%99")]
    [InlineData("/security/audit?q=%22a%22%20%3Cb%3E", "/security/audit?q=%22a%22%20%3Cb%3E")]
    [InlineData("/security/logins?ip=203.0.113.0%252F24", "/security/logins?ip=203.0.113.0%2F24")]
    [InlineData("/%ED%A0%80", "/%ED%A0%80")]
    [InlineData("/a%EF%BF%BEb", "/")]
    [InlineData("/%C2%85", "/")]
    [InlineData("//ü.example/", "/")]
    public async Task Every_way_of_signing_in_leads_back_to_an_address_in_any_script(string asked, string led)
    {
        var page = "/account/login?returnUrl=" + asked.Replace("#", "%23", StringComparison.Ordinal).Replace("?", "%3F", StringComparison.Ordinal).Replace("&", "%26", StringComparison.Ordinal);
        using var browser = NewBrowser();

        var signedIn = await SignInAsync(browser, page);
        var again = await browser.GetAsync(new Uri(console.Address, page), Stop);

        Assert.Equal((HttpStatusCode.SeeOther, led), (signedIn.StatusCode, LocationOf(signedIn)));
        Assert.Equal((HttpStatusCode.SeeOther, led), (again.StatusCode, LocationOf(again)));
    }

    [Fact]
    public async Task A_stranger_is_sent_to_sign_in_and_back_from_an_address_in_any_script()
    {
        using var browser = NewBrowser();
        foreach (var asked in new[] { "/%C3%BC?q=%C3%BC", "/team?q=%E6%9D%B1", "/%ED%A0%80", "/%EF%BF%BE", "/team?q=%" })
        {
            using var answer = await browser.GetAsync(new Uri(console.Address, asked), Stop);
            Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
            Assert.Matches("^/account/login\\?returnUrl=[!-~]+$", LocationOf(answer));
        }
    }

    [Fact]
    public void A_header_holds_what_a_URI_reference_may_and_nothing_else()
    {
        for (var point = 0; point < 0x110000; point++)
        {
            if (point is >= 0xD800 and <= 0xDFFF)
                continue;
            var text = char.ConvertFromUtf32(point);
            var header = LocalUrls.ToHeader($"/a{text}b");
            Assert.True(header.All(char.IsAscii) && Uri.IsWellFormedUriString(text is "%" or "[" or "]" or "#" ? "/" : header, UriKind.Relative), $"U+{point:X}: {header}");
            if (text != "%")
                Assert.Equal($"/a{text}b", Uri.UnescapeDataString(header));
        }

        Assert.False(LocalUrls.IsLocal("/\uD800") || LocalUrls.IsLocal("/\uFFFE"));
        Assert.True(UnicodeText.IsWellFormed(LocalUrls.ToHeader("/\uD800")));
    }

    private HttpClient NewBrowser() => new(new CookieKeeper()) { BaseAddress = console.Address };

    private async Task<HttpClient> NewSignedInBrowserAsync()
    {
        var browser = NewBrowser();
        using var answer = await SignInAsync(browser, "/account/login");
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return browser;
    }

    private async Task<HttpResponseMessage> SignInAsync(HttpClient browser, string page)
    {
        var html = await browser.GetStringAsync(new Uri(browser.BaseAddress!, page), Stop);
        return await PostRawAsync(
            browser, page, "application/x-www-form-urlencoded",
            $"_handler=sign-in&{Hidden(html)}&Form.Email={Uri.EscapeDataString(console.Tenant.Admin.Email)}&Form.Password={Uri.EscapeDataString(TestMember.Password)}");
    }

    private static string? LocationOf(HttpResponseMessage answer) => answer.Headers.TryGetValues("Location", out var values) ? values.Single() : null;

    private static async Task GetAsync(HttpClient browser, string path)
    {
        using var answer = await browser.GetAsync(new Uri(browser.BaseAddress!, path), Stop);
        Assert.True((int)answer.StatusCode is >= 200 and < 500, $"{path}: {answer.StatusCode}");
    }

    private static async Task PostAsync(HttpClient browser, Form form, string fields)
    {
        var hidden = Hidden(await browser.GetStringAsync(new Uri(browser.BaseAddress!, "/account/login"), Stop));
        using var answer = await PostRawAsync(browser, form.Page, "application/x-www-form-urlencoded", $"_handler={form.Name}&{hidden}&{fields}");
        var status = (int)answer.StatusCode;
        Assert.True(status is 200 or (>= 300 and < 500), $"{form.Page} {fields}: {status}");
    }

    private static Task<HttpResponseMessage> PostRawAsync(HttpClient browser, string path, string type, string body)
    {
        var content = new ByteArrayContent(System.Text.Encoding.ASCII.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return browser.PostAsync(new Uri(browser.BaseAddress!, path), content, Stop);
    }

    private static string Hidden(string html) => "__RequestVerificationToken=" + Uri.EscapeDataString(WebUtility.HtmlDecode(Token().Match(html).Groups[1].Value));

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]*)\"")]
    private static partial Regex Token();

    // As browsers do on http://localhost: cookies for secure connections are kept and sent all the same.
    private sealed class CookieKeeper() : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        private readonly Dictionary<string, string> _cookies = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (_cookies.Count > 0)
                request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
            var answer = await base.SendAsync(request, cancellationToken);
            foreach (var set in answer.Headers.TryGetValues("Set-Cookie", out var all) ? all : [])
            {
                var (name, value) = (set.Split('=')[0], set.Split(';')[0][(set.IndexOf('=', StringComparison.Ordinal) + 1)..]);
                _cookies[name] = value;
            }

            return answer;
        }
    }
}
