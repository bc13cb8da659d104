#!/usr/bin/env bash
# A page under "Referrer-Policy: no-referrer" posts to its own server. Chromium states "Origin: null" for its form, as it would for a
# hostile sandbox, and the real origin for its fetch() and its beacon. A check for cross-site request forgery that compares Origin alone
# refuses all forms of such a site; Sec-Fetch-Site tells them apart. (Fetch standard, "append a request `Origin` header".)
# Needs Debian's chromium or chromium-headless-shell, and python3. Exits 1 when the behavior is another.
set -euo pipefail
browser=$(command -v chromium-headless-shell || command -v chromium)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$browser" --version 2>/dev/null | tail -1
python3 - "$browser" "$folder" <<'PYTHON'
import http.server, subprocess, sys, threading
browser, folder = sys.argv[1:]
PAGE = b"""<!DOCTYPE html><form method="post" action="/form"><input name="a" value="b"></form>
<script>
navigator.sendBeacon('/beacon', new URLSearchParams('a=b'));
fetch('/fetch', { method: 'POST' }).then(() => document.forms[0].submit());
</script>"""
seen, done = {}, threading.Event()

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.answer(PAGE if self.path == "/" else b"")

    def do_POST(self):
        seen[self.path] = (self.headers["Origin"], self.headers["Sec-Fetch-Site"])
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        self.answer(b"")
        if len(seen) == 3:
            done.set()

    def answer(self, body):
        self.send_response(200)
        for name, value in (("Content-Type", "text/html"), ("Referrer-Policy", "no-referrer"), ("Content-Length", str(len(body)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
own = f"http://127.0.0.1:{server.server_port}"
process = subprocess.Popen(
    [browser, "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0", f"--user-data-dir={folder}/profile", own + "/"],
    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
done.wait(60)
process.kill()
process.wait()
for path in ("/form", "/beacon", "/fetch"):
    origin, site = seen.get(path, ("nothing came", None))
    print(f"{path[1:]:7} Origin: {origin:28} Sec-Fetch-Site: {site}")
sys.exit(0 if seen == {"/form": ("null", "same-origin"), "/beacon": (own, "same-origin"), "/fetch": (own, "same-origin")} else 1)
PYTHON
