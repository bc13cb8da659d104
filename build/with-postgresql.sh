#!/usr/bin/env bash
# Runs a command with a PostgreSQL server of its own: build/with-postgresql.sh dotnet test FinConsole.Tests
# The server listens on a free port of 127.0.0.1, keeps its data in a temporary folder, and is stopped and removed afterwards.
# The command finds the administrator's connection string in FINCONSOLE_TEST_POSTGRESQL.
set -euo pipefail

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)
if [ -z "$bin" ] && command -v pg_ctl >/dev/null; then
    bin=$(dirname "$(readlink -f "$(command -v pg_ctl)")")
fi
if [ -z "$bin" ] || [ ! -x "$bin/initdb" ]; then
    echo "The PostgreSQL server is missing (Debian package: postgresql)." >&2
    exit 1
fi

folder=$(mktemp -d "${TMPDIR:-/tmp}/finconsole-postgresql.XXXXXX")
as=()
if [ "$(id -u)" = 0 ]; then
    # PostgreSQL refuses to run as root.
    user=postgres
    id "$user" >/dev/null 2>&1 || user=nobody
    as=(runuser -u "$user" --)
    chown "$user" "$folder"
fi

child=
stop() {
    trap - EXIT INT TERM HUP
    if [ -n "$child" ]; then
        kill -TERM -- "-$child" 2>/dev/null || true
        wait "$child" 2>/dev/null || true
    fi
    (cd "$folder" && "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1) || true
    rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

cd "$folder"
"${as[@]}" "$bin/initdb" -D "$folder/data" -U finconsole -A trust -E UTF8 --locale=C --no-sync >"$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log" >&2; exit 1; }
port=
for _ in $(seq 20); do
    candidate=$((20000 + RANDOM % 12000))
    # Data of tests need not survive a power cut.
    if "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -l "$folder/data/server.log" -w -t 60 start -o \
        "-p $candidate -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300" \
        >/dev/null 2>&1; then
        port=$candidate
        break
    fi
done
cd "$OLDPWD"
if [ -z "$port" ]; then
    cat "$folder/data/server.log" >&2
    exit 1
fi

export FINCONSOLE_TEST_POSTGRESQL="Host=127.0.0.1;Port=$port;Username=finconsole;Database=postgres"
code=0
# In a process group of its own, so that stopping reaches whatever it started.
set -m
"$@" &
child=$!
set +m
wait "$child" || code=$?
child=
exit "$code"
