using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace FinConsole.Web.Hosting;

/// <summary>
/// Finds cookies by their exact names, as RFC 6265 has them. The framework finds <c>__host-finconsole</c> by the name
/// <c>__Host-finconsole</c> as well, for which an older browser has asked nothing of who sets it.
/// </summary>
internal static class ExactCookies
{
    public static IApplicationBuilder UseExactCookies(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        http.Features.Set<IRequestCookiesFeature>(new Feature(http));
        return next(http);
    });

    private sealed class Feature(HttpContext http) : IRequestCookiesFeature
    {
        private IRequestCookieCollection? _cookies;

        public IRequestCookieCollection Cookies
        {
            get => _cookies ??= new Collection(http.Request.Headers.Cookie);
            set => _cookies = value;
        }
    }

    private sealed class Collection : IRequestCookieCollection
    {
        private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

        public Collection(IList<string?> headers)
        {
            if (!CookieHeaderValue.TryParseList([.. headers.OfType<string>()], out var cookies))
                return;
            foreach (var cookie in cookies)
                _values[cookie.Name.ToString()] = Uri.UnescapeDataString(cookie.Value.ToString());
        }

        public int Count => _values.Count;

        public ICollection<string> Keys => _values.Keys;

        public string? this[string key] => _values.GetValueOrDefault(key);

        public bool ContainsKey(string key) => _values.ContainsKey(key);

        public bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => _values.TryGetValue(key, out value);

        public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _values.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
