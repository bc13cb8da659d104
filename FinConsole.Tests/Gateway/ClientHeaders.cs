namespace FinConsole.Tests.Gateway;

/// <summary>Header lines that browsers, SDKs, proxies and CDNs send with requests.</summary>
internal static class ClientHeaders
{
    /// <summary>End-to-end headers.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        "Accept: application/pdf", "Accept: text/csv", "Accept: application/xml", "Accept: text/event-stream", "Accept: image/avif,image/webp,*/*;q=0.8", "Accept: application/json; charset=utf-8",
        "Accept: application/vnd.api+json", "Accept: */*;q=0", "Accept: application/json;q=0", "Accept: junk", "Accept: ,,;=", "Accept:", "Accept: text/html, application/grpc-web+proto",
        "Accept-Charset: iso-8859-1", "Accept-Charset: bogus", "Accept-Encoding: br, zstd", "Accept-Encoding: identity;q=0, *;q=0", "Accept-Language: tlh, xx-bogus;q=7", "Accept-Datetime: junk",
        "Accept-Ranges: bytes", "Accept-Post: text/turtle", "A-IM: feed", "Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: authorization,x-api-key", "Access-Control-Request-Private-Network: true",
        "Origin: https://shop.example", "Origin: null", "Origin: junk", "Referer: https://shop.example/\u00fc?x", "Host-Override: x", "From: ann@acme.example",
        "If-Match: \"x\"", "If-Match: *", "If-None-Match: *", "If-None-Match: W/\"x\", \"y\"", "If-None-Match: junk", "If-Modified-Since: Thu, 01 Jan 2099 00:00:00 GMT", "If-Modified-Since: junk",
        "If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT", "If-Range: \"x\"", "Range: bytes=0-0", "Range: bytes=9999999-", "Range: junk=7", "Cache-Control: no-cache, only-if-cached, max-age=junk", "Pragma: no-cache",
        "Content-Type: application/json; charset=bogus", "Content-Type: multipart/form-data", "Content-Type: junk", "Content-Type: application/x-www-form-urlencoded; charset=utf-7", "Content-Encoding: gzip",
        "Content-Encoding: bogus", "Content-Language: de", "Content-Location: /elsewhere", "Content-MD5: junk", "Content-Range: bytes 0-1/2", "Content-Disposition: attachment", "Digest: junk", "Content-Digest: junk",
        "Cookie: __Host-finconsole=junk; a=b", "Cookie: \u00ff=\u00fe", "Cookie2: $Version=1", "DNT: 1", "Sec-GPC: 1", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty", "Sec-Fetch-User: ?1",
        "Sec-CH-UA: \"Chromium\";v=\"156\"", "Sec-CH-UA-Mobile: ?0", "Sec-WebSocket-Key: junk", "Sec-WebSocket-Version: 99", "Sec-WebSocket-Protocol: chat", "Sec-WebSocket-Extensions: permessage-deflate", "Sec-Purpose: prefetch",
        "Purpose: prefetch", "Save-Data: on", "Device-Memory: 8", "Downlink: 10", "RTT: 50", "ECT: 4g", "Priority: u=1, i", "Early-Data: 1", "Upgrade-Insecure-Requests: 1", "Prefer: respond-async", "Max-Forwards: 0",
        "Via: 1.1 varnish", "Warning: 199 - junk", "Forwarded: for=junk;proto=bogus", "X-Forwarded-Host: evil.example", "X-Forwarded-Host: junk junk", "X-Forwarded-Port: 99999", "X-Forwarded-Prefix: /evil",
        "X-Forwarded-Server: x", "X-Real-IP: junk", "True-Client-IP: junk", "CF-Connecting-IP: 203.0.113.7", "CF-Ray: x", "CF-Visitor: {\"scheme\":\"http\"}", "CDN-Loop: cloudflare; loops=1", "Fastly-Client-IP: x", "X-Amzn-Trace-Id: Root=1-x",
        "X-Azure-FDID: x", "X-Cloud-Trace-Context: junk/7;o=1", "traceparent: 00-junk-junk-01", "tracestate: junk=,", "baggage: a=b,junk", "b3: junk", "X-B3-TraceId: junk", "X-Request-Id: two words", "X-Correlation-Id: x",
        "Idempotency-Key: \u00fc \u00fc", "X-HTTP-Method: DELETE", "X-HTTP-Method-Override: DELETE", "X-Method-Override: DELETE", "X-Requested-With: XMLHttpRequest", "X-CSRF-Token: x", "X-Rewrite-URL: /v1/payments", "X-Tenant-Id: evil",
        "User-Agent: \u00ff\u00fe\u00c0\u00af", "User-Agent: \u00c3\u00bc", "User-Agent:", "Stripe-Version: 2025-01-01", "OpenAI-Beta: x", "X-Goog-Api-Key: x", "Grpc-Timeout: 1S", "Depth: infinity", "Destination: /elsewhere", "Overwrite: F",
        "Lock-Token: <x>", "Timeout: Infinite", "If: (<x>)", "SOAPAction: \"x\"", "MIME-Version: 1.0", "Negotiate: trans", "Proxy-Authorization: Basic QTpC", "Alt-Used: x", "HTTP2-Settings: junk", "Service-Worker: script", "Ping-To: x",
        "Last-Event-ID: 7", "X-Junk: \u0080\u009f\u00ff", "X-Empty:", "X-Tab: a\tb",
    ];

    /// <summary>Headers of one connection, which most gateways keep to themselves.</summary>
    public static readonly IReadOnlyList<string> OfConnections =
    [
        "TE: trailers", "TE: gzip;q=junk", "Trailer: X-Checksum", "Keep-Alive: timeout=5", "Proxy-Connection: keep-alive", "Connection: keep-alive, X-Auth-Junk", "Connection: Upgrade\r\nUpgrade: websocket",
        "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA", "Upgrade: TLS/1.3", "Expect: 100-continue", "Content-Length: 0",
    ];
}
