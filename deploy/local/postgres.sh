# A PostgreSQL server of one's own in a folder, on a loopback port. Sourced by the tests and by `carillon cluster`.

postgres_tool() { # NAME
  local dir
  for dir in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV); do [ ! -x "$dir/$1" ] || { echo "$dir/$1"; return; }; done
  command -v "$1"
}

has_postgres() { postgres_tool initdb >/dev/null; }

# PostgreSQL refuses to run as root.
as_postgres() { if [ "$(id -u)" = 0 ]; then (cd /; runuser -u postgres -- "$@"); else "$@"; fi; }

# Makes it if it is not there yet. Leaves POSTGRES: its connection string.
start_postgres() { # FOLDER SETTING=VALUE...
  local folder=$1 try port; shift
  if [ ! -e "$folder/data/PG_VERSION" ]; then
    mkdir -p "$folder"; chmod 711 "$folder"; [ "$(id -u)" != 0 ] || chown postgres "$folder"
    (umask 077; head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n' >"$folder/password"); [ "$(id -u)" != 0 ] || chown postgres "$folder/password"
    as_postgres "$(postgres_tool initdb)" -D "$folder/data" -U carillon -A scram-sha-256 --pwfile="$folder/password" -E UTF8 --locale=C --no-sync >"$folder/initdb.log" 2>&1 \
      || { cat "$folder/initdb.log" >&2; die "initdb failed in $folder"; }
  fi
  for try in 1 2 3 4 5; do
    port=$((20000 + RANDOM % 10000))
    if as_postgres "$(postgres_tool pg_ctl)" -D "$folder/data" -w -s -l "$folder/log" \
        -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200 ${*/#/-c }" start </dev/null 2>/dev/null; then
      POSTGRES="Host=127.0.0.1;Port=$port;Username=carillon;Password=$(cat "$folder/password");Database=postgres"
      return
    fi
  done
  cat "$folder/log" >&2; die "PostgreSQL does not start in $folder"
}

stop_postgres() { # FOLDER fast|immediate
  [ ! -e "$1/data/postmaster.pid" ] || as_postgres "$(postgres_tool pg_ctl)" -D "$1/data" -m "$2" -s stop || true
}
