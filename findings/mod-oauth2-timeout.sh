#!/usr/bin/env bash
# mod_oauth2 3.3.1 with liboauth2 1.4.5.4 (Debian 12): the time that it waits for introspection. introspect.http_timeout=2 is accepted without a
# word and changes nothing: a request waits 15 seconds for a server that does not answer.
# Needs Debian's packages apache2-bin, libapache2-mod-oauth2, curl and python3. Takes a quarter of a minute. Ends with 1 when it waits
# less than 10 seconds.
set -euo pipefail
work=$(mktemp -d); pids=()
finish() { [ ${#pids[@]} -eq 0 ] || kill "${pids[@]}" 2>/dev/null || true; sleep 1; rm -rf "$work"; }
trap finish EXIT
chmod 711 "$work"
cd "$work"

python3 - >/dev/null <<'PY' & pids+=($!)
import os, socket, time
listener = socket.create_server(("127.0.0.1", 0))
open("port.new", "w").write(str(listener.getsockname()[1]))
os.rename("port.new", "port")
time.sleep(60)
PY
for _ in $(seq 100); do [ -f port ] && break; sleep 0.1; done
gateway=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')

modules=/usr/lib/apache2/modules
cat >apache.conf <<APACHE
LoadModule mpm_event_module $modules/mod_mpm_event.so
LoadModule authn_core_module $modules/mod_authn_core.so
LoadModule authz_core_module $modules/mod_authz_core.so
LoadModule authz_user_module $modules/mod_authz_user.so
LoadModule oauth2_module $modules/mod_oauth2.so
ServerName localhost
User www-data
Group www-data
PidFile apache.pid
ErrorLog log
Listen 127.0.0.1:$gateway
<Location "/">
    AuthType oauth2
    OAuth2TokenVerify introspect http://127.0.0.1:$(cat port)/introspect introspect.auth=none&introspect.http_timeout=2
    Require valid-user
</Location>
APACHE
/usr/sbin/apache2 -d "$work" -f apache.conf -D FOREGROUND & pids+=($!)
for _ in $(seq 100); do curl -s -o /dev/null "http://127.0.0.1:$gateway/" && break; sleep 0.1; done

/usr/sbin/apache2 -v | head -n 1
dpkg-query -W -f '${Package} ${Version}\n' libapache2-mod-oauth2 liboauth2-0 2>/dev/null || true
seconds=$(curl -s -o /dev/null --max-time 40 -w '%{time_total}' -H 'Authorization: Bearer any' "http://127.0.0.1:$gateway/")
echo "introspect.http_timeout=2, answered after ${seconds%.*} seconds"
[ "${seconds%.*}" -ge 10 ]
