using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FinConsole.Tests.Gateway;

/// <summary>
/// An API that answers with the paths that its server, and the usual routers and libraries on it, read from a request target: a JSON object of
/// path by reader, null where that reader refuses the target.
/// </summary>
internal abstract class TargetApi : IAsyncDisposable
{
    /// <summary>Host and port.</summary>
    public string Authority { get; private set; } = "";

    public static async Task<IReadOnlyList<TargetApi>> StartAllAsync()
    {
        TargetApi[] all = [new OnKestrel(), OnNode(), new OnProgram("python3", "api.py", Python)];
        foreach (var api in all)
            api.Authority = await api.StartAsync();
        return all;
    }

    /// <summary>The one that takes the most headers, and any bytes in them.</summary>
    public static async Task<TargetApi> StartNodeAsync()
    {
        var api = OnNode();
        api.Authority = await api.StartAsync();
        return api;
    }

    public abstract ValueTask DisposeAsync();

    protected abstract Task<string> StartAsync();

    private static OnProgram OnNode() => new("node", "api.cjs", Node);

    private const string Node = """
        const http = require("node:http"), url = require("node:url"), path = require("node:path");
        const attempt = read => { try { return read(); } catch { return null; } };
        http.createServer((request, response) => {
          const raw = request.url;
          const whatwg = () => new URL(raw, "http://api.example").pathname;
          const legacy = () => url.parse(raw).pathname;
          const resolve = text => path.posix.normalize(text);
          response.end(JSON.stringify({
            plain: attempt(() => raw.replace(/^https?:\/\/[^/?#]*/i, "").split("?")[0]),
            whatwg: attempt(whatwg),
            "whatwg decoded": attempt(() => resolve(decodeURIComponent(whatwg()))),
            "whatwg backslashes": attempt(() => resolve(decodeURIComponent(whatwg()).replaceAll("\\", "/"))),
            legacy: attempt(legacy),
            "legacy decoded": attempt(() => resolve(decodeURIComponent(legacy()))),
            "decoded twice": attempt(() => resolve(decodeURIComponent(decodeURIComponent(legacy())))),
          }));
        }).listen(0, "127.0.0.1", function () { console.log(this.address().port); });
        """;

    private const string Python = """
        import json, posixpath, re, unicodedata
        from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
        from urllib.parse import unquote, unquote_to_bytes, urlsplit
        def attempt(read):
            try: return read()
            except Exception: return None
        def resolve(text): return posixpath.normpath(text)
        def origin(raw): return re.sub(r"^https?://[^/?#]*", "", raw, flags=re.I)
        def servlet(raw): return "/".join(segment.split(";")[0] for segment in raw.split("?")[0].split("/"))
        def lenient(raw):
            text = unquote_to_bytes(raw.split("?")[0].split("#")[0])
            return text.replace(b"\xc0\xae", b".").replace(b"\xc0\xaf", b"/").replace(b"\xe0\x80\xaf", b"/").split(b"\0")[0].decode("latin-1")
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True
            wbufsize = -1
            def log_message(self, *parts): pass
            def do_GET(self):
                raw = self.path
                cut = lambda: origin(raw).split("?")[0]
                body = json.dumps({
                    "plain": attempt(cut),
                    "urlsplit": attempt(lambda: urlsplit(raw).path),
                    "urlsplit decoded": attempt(lambda: resolve(unquote(urlsplit(raw).path))),
                    "files": attempt(lambda: resolve(unquote(origin(raw).split("?")[0].split("#")[0]))),
                    "servlet": attempt(lambda: resolve(unquote(servlet(origin(raw))))),
                    "servlet decoded first": attempt(lambda: resolve(servlet(unquote(cut())))),
                    "decoded twice": attempt(lambda: resolve(servlet(unquote(unquote(cut()))))),
                    "compatible": attempt(lambda: resolve(servlet(unicodedata.normalize("NFKC", unquote(cut())).replace("\\", "/")))),
                    "lenient": attempt(lambda: resolve(lenient(origin(raw)))),
                    "trimmed": attempt(lambda: resolve("/".join(part.rstrip(" ") for part in unquote(cut()).split("/")))),
                }).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        print(server.server_address[1], flush=True)
        server.serve_forever()
        """;

    /// <summary>What Kestrel makes of the target, and ASP.NET's router of that.</summary>
    private sealed class OnKestrel : TargetApi
    {
        private WebApplication? _app;

        public override ValueTask DisposeAsync() => _app?.DisposeAsync() ?? default;

        protected override async Task<string> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            _app = builder.Build();
            _app.MapGet("/v{version:int}/{resource}/{**rest}", http => RespondAsync(http, "/" + http.GetRouteValue("resource")));
            _app.MapGet("/{resource}/{**rest}", http => RespondAsync(http, "/" + http.GetRouteValue("resource")));
            _app.MapFallback(http => RespondAsync(http, null));
            await _app.StartAsync(Stop);
            return new Uri(_app.Urls.Single()).Authority;
        }

        private static Task RespondAsync(HttpContext http, string? routed)
        {
            var raw = http.Features.Get<IHttpRequestFeature>()!.RawTarget;
            var uri = Uri.TryCreate(raw.StartsWith('/') ? "http://api.example" + raw : raw, UriKind.Absolute, out var read) ? read : null;
            return http.Response.WriteAsync(JsonSerializer.Serialize(new Dictionary<string, string?>
            {
                ["routed"] = routed,
                ["path"] = http.Request.Path.Value,
                ["path decoded"] = Resolve(Uri.UnescapeDataString(http.Request.Path.Value ?? "")),
                ["uri"] = uri?.AbsolutePath,
                ["uri decoded"] = uri is null ? null : Resolve(Uri.UnescapeDataString(uri.AbsolutePath)),
            }));
        }

        private static string? Resolve(string path) => Uri.TryCreate("http://api.example" + path, UriKind.Absolute, out var read) ? read.AbsolutePath : null;
    }

    /// <summary>A script that prints its port.</summary>
    private sealed class OnProgram(string interpreter, string file, string source) : TargetApi
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("finconsole-target-");
        private Process? _process;

        public override ValueTask DisposeAsync()
        {
            _process?.Kill();
            _process?.Dispose();
            _folder.Delete(recursive: true);
            return default;
        }

        protected override async Task<string> StartAsync()
        {
            var path = Path.Combine(_folder.FullName, file);
            await File.WriteAllTextAsync(path, source, Stop);
            var program = interpreter == "python3" && File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : interpreter;
            _process = Process.Start(new ProcessStartInfo(program, [path]) { RedirectStandardOutput = true })!;
            var port = await _process.StandardOutput.ReadLineAsync(Stop);
            Assert.True(int.TryParse(port, out _), $"{interpreter} printed no port.");
            return "127.0.0.1:" + port;
        }
    }
}
