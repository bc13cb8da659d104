#!/usr/bin/env bash
# HAProxy 2.6.12 (Debian 12): a server that breaks off after it has read a request. One would expect a 502 each time. The first request of a
# client's connection gets it; a later one gets nothing: HAProxy closes the client's connection without an answer, which many
# clients take for a stale connection and repeat the request by themselves.
# Needs Debian's packages haproxy and python3. Ends with 1 when HAProxy behaves otherwise.
set -euo pipefail
work=$(mktemp -d); pids=()
finish() { [ ${#pids[@]} -eq 0 ] || kill "${pids[@]}" 2>/dev/null || true; rm -rf "$work"; }
trap finish EXIT
cd "$work"
haproxy=$(command -v haproxy || echo /usr/sbin/haproxy)

cat >server.py <<'PY'
import os, socket, threading

def serve(connection):
    data = b""
    while True:
        more = connection.recv(65536)
        if not more:
            return connection.close()
        data += more
        while b"\r\n\r\n" in data:
            head, data = data.split(b"\r\n\r\n", 1)
            if head.startswith(b"GET /breaks"):
                connection.shutdown(socket.SHUT_RDWR)
                return connection.close()
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

listener = socket.create_server(("127.0.0.1", 0))
open("port.new", "w").write(str(listener.getsockname()[1]))
os.rename("port.new", "port")
while True:
    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
PY
python3 server.py & pids+=($!)
for _ in $(seq 100); do [ -f port ] && break; sleep 0.1; done
gateway=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')

cat >haproxy.cfg <<HAPROXY
defaults
    mode http
    timeout client 10s
    timeout connect 2s
    timeout server 10s
frontend gateway
    bind 127.0.0.1:$gateway
    default_backend api
backend api
    server api 127.0.0.1:$(cat port)
HAPROXY
"$haproxy" -f haproxy.cfg -db >log 2>&1 & pids+=($!)

cat >client.py <<'PY'
import socket, sys, time

def connect():
    for _ in range(100):
        try:
            return socket.create_connection(("127.0.0.1", int(sys.argv[1])), 10)
        except ConnectionRefusedError:
            time.sleep(0.1)

def ask(connection, path):
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: api\r\n\r\n".encode())
    answer = connection.recv(65536)
    return answer.split(b"\r\n")[0].decode() if answer else "closed without an answer"

first = ask(connect(), "/breaks")
kept = connect()
before, second = ask(kept, "/works"), ask(kept, "/breaks")
print(f"first request of a connection:  {first}\na later one, after '{before}': {second}")
sys.exit(0 if first.startswith("HTTP/1.1 502") and before.endswith("200 OK") and second == "closed without an answer" else 1)
PY
"$haproxy" -v | head -n 1
python3 client.py "$gateway"
