# `carillon cluster up`: several nodes of one cluster on this machine. Sourced by the launcher.

. "$ROOT/deploy/local/postgres.sh"

CLUSTER_POSTGRES=

cluster_node() { # NUMBER ARGS...
  local number=$1; shift
  # What shows its lines must outlive the signal that ends the node.
  exec dotnet "$ROOT/artifacts/Orleans/bin/Silo/release/Carillon.Silo.dll" "$@" > >(trap '' INT TERM; exec sed -u "s/^/node $number  /") 2>&1
}

end_cluster() {
  local status=$? job
  trap '' EXIT INT TERM
  for job in "${JOBS[@]}"; do kill -TERM -- "-$job" 2>/dev/null || true; done
  wait
  [ -z "$CLUSTER_POSTGRES" ] || stop_postgres "$CLUSTER_POSTGRES" fast
  exit $status
}

cluster_up() { # --silos N --port N --data FOLDER --storage STRING --for 60s
  local silos=3 port=8080 data=$ROOT/data/cluster storage= length= number timer= ended=
  while [ $# -gt 0 ]; do
    [ $# -gt 1 ] || die "the switch $1 needs a value"
    case $1 in
      --silos) silos=$2;; --port) port=$2;; --data) data=$2;; --storage) storage=$2;; --for) length=$2;;
      *) die "cluster up [--silos 3] [--port 8080] [--data FOLDER] [--storage STRING] [--for 60s]";;
    esac
    shift 2
  done
  [[ $silos =~ ^[1-9][0-9]?$ ]] || die "--silos must be from 1 to 99; it is $silos"
  [[ $port =~ ^[1-9][0-9]{0,4}$ ]] || die "--port must be a port; it is $port"
  choose_host
  [ "$HOST" = Orleans ] || die "a cluster needs the Orleans packages, and the grain host here is Embedded. 'carillon host auto' looks whether they restore from your package feed."
  if [ -z "$storage" ] && ! has_postgres; then
    die "a cluster needs PostgreSQL: install it (Debian: postgresql), or name a database with --storage 'Host=…;Database=…;Username=…;Password=…'"
  fi
  build "$ROOT/src/Silo/Silo.csproj" Orleans
  mkdir -p "$data"; data=$(cd "$data" && pwd)
  trap end_cluster EXIT; trap 'exit 130' INT; trap 'exit 143' TERM
  if [ -z "$storage" ]; then
    CLUSTER_POSTGRES=$data/postgres
    start_postgres "$CLUSTER_POSTGRES"
    storage=$POSTGRES
    say "PostgreSQL in $CLUSTER_POSTGRES"
  fi
  # Not as an argument, which everybody on the machine can read.
  export Storage__ConnectionString=$storage
  for ((number = 1; number <= silos; number++)); do
    background cluster_node $number --data "$data/node$number" --port $((port + number - 1)) --cluster local --Cluster:SiloPort=0 --Cluster:GatewayPort=0
  done
  say "Cluster of $silos nodes: $(for ((number = 0; number < silos; number++)); do printf 'http://127.0.0.1:%d/ ' $((port + number)); done)(Ctrl-C drains and ends them)"
  if [ -n "$length" ]; then sleep "$length" & timer=$!; fi
  wait -n -p ended || true
  [ -n "$timer" ] && [ "$ended" = "$timer" ] || die "a node has ended by itself (above)"
}
