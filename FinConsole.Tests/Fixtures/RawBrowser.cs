using System.Net;
using System.Text.RegularExpressions;

namespace FinConsole.Tests.Fixtures;

/// <summary>
/// Sends what a browser sends, header by header, to a console on a real port. It keeps cookies whatever the scheme, and adds no header of
/// its own.
/// </summary>
public sealed partial class RawBrowser(Uri address) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address };
    private readonly Dictionary<string, string> _cookies = [];

    public Uri Address => address;

    /// <summary>Sent with every request.</summary>
    public List<(string Name, string Value)> Headers { get; } = [];

    /// <summary>The value of the <c>Cookie</c> header.</summary>
    public string Cookies => string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));

    public void Dispose() => _http.Dispose();

    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        if (_cookies.Count > 0)
            request.Headers.TryAddWithoutValidation("Cookie", Cookies);
        foreach (var (name, value) in Headers.Concat(headers))
            request.Headers.TryAddWithoutValidation(name, value);
        var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        if (response.StatusCode != HttpStatusCode.SwitchingProtocols)
            await response.Content.LoadIntoBufferAsync(Stop);
        if (response.Headers.TryGetValues("Set-Cookie", out var set))
            Keep(set);
        return response;
    }

    /// <summary>Posts a page's form, with what its hidden fields hold.</summary>
    public async Task<HttpResponseMessage> PostFormAsync(string page, params (string Name, string Value)[] fields)
    {
        var html = await (await GetAsync(page)).Content.ReadAsStringAsync(Stop);
        var hidden = HiddenFields().Matches(html).Select(match => KeyValuePair.Create(match.Groups[1].Value, WebUtility.HtmlDecode(match.Groups[2].Value)));
        return await SendAsync(HttpMethod.Post, page, new FormUrlEncodedContent(hidden.Concat(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)))));
    }

    /// <summary>Signs a member in; returns the session's cookies, which later requests send.</summary>
    public async Task SignInAsync(TestMember member)
    {
        var response = await PostFormAsync("/account/login", ("Form.Email", member.Email), ("Form.Password", TestMember.Password));
        if (response.StatusCode != HttpStatusCode.SeeOther)
            throw new InvalidOperationException($"Signing in answered {response.StatusCode}.");
    }

    private void Keep(IEnumerable<string> cookies)
    {
        foreach (var cookie in cookies.Select(each => each.Split(';')[0].Split('=', 2)))
        {
            if (cookie[1].Length == 0)
                _cookies.Remove(cookie[0]);
            else
                _cookies[cookie[0]] = cookie[1];
        }
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenFields();
}
