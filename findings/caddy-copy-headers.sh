#!/usr/bin/env bash
# Caddy 2.6.2 (Debian 12): forward_auth's copy_headers. Where the authorization server leaves a header out, one would expect that the
# request has no such header then. Caddy sends its own placeholder as the value: {http.reverse_proxy.header.X-Group}.
# Needs Debian's packages caddy, curl and python3. Ends with 1 when Caddy behaves otherwise.
set -euo pipefail
work=$(mktemp -d); pids=()
finish() { [ ${#pids[@]} -eq 0 ] || kill "${pids[@]}" 2>/dev/null || true; rm -rf "$work"; }
trap finish EXIT
cd "$work"

cat >servers.py <<'PY'
import http.server, os, threading

class Auth(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("X-User", "ann")  # and no X-Group
        self.end_headers()

class Api(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"X-User: {self.headers['X-User']}\nX-Group: {self.headers['X-Group']}\n".encode())

servers = [http.server.ThreadingHTTPServer(("127.0.0.1", 0), kind) for kind in (Auth, Api)]
open("ports.new", "w").write(" ".join(str(server.server_port) for server in servers) + "\n")
os.rename("ports.new", "ports")
for server in servers:
    threading.Thread(target=server.serve_forever).start()
PY
python3 servers.py 2>/dev/null & pids+=($!)
for _ in $(seq 100); do [ -f ports ] && break; sleep 0.1; done
read -r auth api <ports
gateway=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')

cat >Caddyfile <<CADDY
{
	admin off
}
http://127.0.0.1:$gateway {
	forward_auth 127.0.0.1:$auth {
		uri /
		copy_headers X-User X-Group
	}
	reverse_proxy 127.0.0.1:$api
}
CADDY
HOME=$work caddy run --config Caddyfile --adapter caddyfile >log 2>&1 & pids+=($!)
for _ in $(seq 100); do curl -s -o /dev/null "http://127.0.0.1:$gateway/" && break; sleep 0.1; done

echo "Caddy $(caddy version)"
curl -s --max-time 10 "http://127.0.0.1:$gateway/" | tee seen
grep -qx 'X-User: ann' seen && grep -qxF 'X-Group: {http.reverse_proxy.header.X-Group}' seen
