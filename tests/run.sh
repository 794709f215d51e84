# `carillon test`: every test project on the Embedded grain host, and those that concern grains on Orleans where it restores.
# Sourced by the launcher. Starts a PostgreSQL of its own and lets the Asterisk lab be installed; ends what it started.

GRAIN_PROJECTS='GrainHost Grains Cluster'   # run on Orleans too
ORLEANS_ONLY=Cluster
ON_ONE_HOST=Grains   # among all tests: on Orleans, or on Embedded where that does not restore. Alone (carillon test Grains): on both
LONGEST='Browser Asterisk Storage Cluster Grains Api Pages'   # mostly wait, for calls in real time, or do much: begun first, in this order, so that nothing waits for them at the end
AT_ONCE=4
WORK=
# Methods that run for seconds only are not worth being measured first: a quarter less work for the processors.
export DOTNET_TieredPGO=0

clean_up() {
  local status=$? job
  trap '' EXIT INT TERM
  for job in "${JOBS[@]}"; do kill -TERM -- "-$job" 2>/dev/null || true; done
  wait
  for job in "$WORK"/lab.*; do [ ! -d "$job" ] || ASTERISK_LAB_RUN=$job "$LAB" stop >/dev/null 2>&1 || true; done
  stop_postgres "$WORK/pg" immediate
  [ -z "$WORK" ] || rm -rf "$WORK"
  exit $status
}

# ---- PostgreSQL ------------------------------------------------------------------------------

. "$ROOT/deploy/local/postgres.sh"

test_postgres() {
  [ -z "${CARILLON_TEST_POSTGRES:-}" ] || { say "PostgreSQL: the one that CARILLON_TEST_POSTGRES names"; return 0; }
  has_postgres || { say "PostgreSQL: not installed (no initdb); install postgresql or set CARILLON_TEST_POSTGRES"; return 0; }
  chmod 711 "$WORK"
  # Nothing here survives the run, so nothing has to reach the disk.
  start_postgres "$WORK/pg" fsync=off full_page_writes=off
  export CARILLON_TEST_POSTGRES=$POSTGRES
}

# ---- one project -----------------------------------------------------------------------------

counter() { sed -n "s/.*<Counters.* $1=\"\([0-9]*\)\".*/\1/p" "$2"; }

# Leaves WORK/HOST.NAME.count ("passed failed skipped") and says one line; the whole log where something is not as it should be.
run_project() { # HOST NAME OPTIONS...
  local host=$1 name=$2 out=$WORK/$1.$2 total passed failed skipped note= status=0 t0=$SECONDS TIMEFORMAT='%U %S' user system; shift 2
  # A lab of its own, where its tests ask for one.
  { time ASTERISK_LAB_RUN=$WORK/lab.$host.$name dotnet test "$ROOT/artifacts/$host/bin/$name.Tests/release/Carillon.$name.Tests.dll" \
    --results-directory "$out" --logger 'trx;LogFileName=result.trx' --logger 'console;verbosity=minimal' \
    --blame-hang-timeout 5m --blame-hang-dump-type none "$@" >"$out.log" 2>&1; } 2>"$out.time" || status=$?
  read -r user system <"$out.time"
  if [ -s "$out/result.trx" ]; then
    total=$(counter total "$out/result.trx"); passed=$(counter passed "$out/result.trx")
    # The trx format counts a skipped test in no column but the total.
    skipped=$((total - $(counter executed "$out/result.trx"))); failed=$((total - passed - skipped))
    [ "$status" = 0 ] || [ "$failed" -gt 0 ] || { failed=1; note=', THE RUN ITSELF FAILED'; }
    # With options, which may filter, a project may well have nothing to run.
    [ "$total$#" != 00 ] || { failed=1; note=', NO TEST FOUND'; }
  else passed=0 failed=1 skipped=0 note=', NO TEST RAN'; fi
  echo "$passed $failed $skipped" >"$out.count"
  printf '%-30s %5d passed, %d failed, %d skipped%s (%d s, %d s of CPU)\n' \
    "$name on $host" "$passed" "$failed" "$skipped" "$note" $((SECONDS - t0)) $((${user%.*} + ${system%.*}))
  [ "$failed$skipped" = 00 ] || sed 's/^/    /' "$out.log"
}

# What concerns grains is built for Orleans beside the first tests, which mostly wait.
ORLEANS_BUILD=
build_orleans() { # NAME...
  local name
  for name; do build "$ROOT/tests/$name/$name.Tests.csproj" Orleans; done
  touch "$WORK/orleans-built"
}

orleans_is_built() {
  while kill -0 "$ORLEANS_BUILD" 2>/dev/null; do sleep 0.2; done
  [ -e "$WORK/orleans-built" ] || die "the tests on Orleans do not build"
}

run_projects() { # HOST.NAME..., then OPTIONS after --
  local first=() rest=() run name
  while [ $# -gt 0 ] && [ "$1" != -- ]; do rest+=("$1"); shift; done
  [ $# = 0 ] || shift
  for name in $LONGEST; do
    for run in "${rest[@]}"; do case $run in *".$name") first+=("$run");; esac; done
  done
  for run in "${!rest[@]}"; do case " ${first[*]-} " in *" ${rest[$run]} "*) unset "rest[$run]";; esac; done
  for run in "${first[@]}" "${rest[@]}"; do
    while [ "$(jobs -rp | wc -l)" -ge $AT_ONCE ]; do wait -n || true; done
    case $run in Orleans.*) orleans_is_built;; esac
    background run_project "${run%%.*}" "${run#*.}" "$@"
  done
  wait
}

# ---- all -------------------------------------------------------------------------------------

install_lab() { "$LAB" install >"$WORK/ast" 2>"$WORK/ast.log" || true; }

run_tests() {
  local one= names=() orleans=() restored=() runs=() name p f s passed=0 failed=0 skipped=0 lab_job= found
  case ${1:-} in ''|-*) ;; *) one=$1; shift;; esac
  [ -z "$one" ] || [ -e "$ROOT/tests/$one/$one.Tests.csproj" ] || die "no tests/$one; there are: $(cd "$ROOT/tests" && echo */*.Tests.csproj | sed 's|/[^ ]*||g')"
  WORK=$(mktemp -d "${TMPDIR:-/tmp}/carillon.XXXXXX")
  trap clean_up EXIT; trap 'exit 130' INT; trap 'exit 143' TERM

  for name in "$ROOT"/tests/*/*.Tests.csproj; do
    name=${name%/*}; name=${name##*/}
    [ -z "$one" ] || [ "$name" = "$one" ] || continue
    [ $name = $ORLEANS_ONLY ] || names+=("$name")
    case " $GRAIN_PROJECTS " in *" $name "*) orleans+=("$name");; esac
  done

  case " ${names[*]} ${orleans[*]-} " in *' Asterisk '*|*' Cluster '*) background install_lab; lab_job=$!;; esac
  test_postgres
  if [ -n "$one" ]; then [ ${#names[@]} = 0 ] || build "$ROOT/tests/$one/$one.Tests.csproj" Embedded; else build "$ROOT/Cluster.sln" Embedded; fi
  if [ -n "$lab_job" ]; then
    wait "$lab_job" || true; cat "$WORK/ast.log" >&2
    if [ -s "$WORK/ast" ]; then
      export CARILLON_TEST_LAB=$LAB AST
      AST=$(cat "$WORK/ast")
    fi
  fi
  for name in "${names[@]}"; do runs+=("Embedded.$name"); done
  for name in "${orleans[@]}"; do
    found=0; restores_with_orleans "$ROOT/tests/$name/$name.Tests.csproj" || found=$?
    case $found in
      0) runs+=("Orleans.$name") restored+=("$name");;
      2) echo "$name on Orleans: FAILED, $WHY"; echo '0 1 0' >"$WORK/Orleans.$name.count";;
      *) echo "$name on Orleans: not run, it does not restore here: $WHY";;
    esac
  done
  # What the hosts have in common GrainHost holds against both, and all other projects run the same grains on Embedded.
  if [ -z "$one" ] && [[ " ${restored[*]-} " = *" $ON_ONE_HOST "* ]]; then
    names=("${runs[@]}"); runs=()
    for name in "${names[@]}"; do [ "$name" = "Embedded.$ON_ONE_HOST" ] || runs+=("$name"); done
  fi
  if [ ${#restored[@]} -gt 0 ]; then background build_orleans "${restored[@]}"; ORLEANS_BUILD=$!; fi

  run_projects "${runs[@]}" -- "$@"

  while read -r p f s; do passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s)); done < <(cat "$WORK"/*.count)
  echo "$passed passed, $failed failed, $skipped skipped"
  # Whatever a test needs is provided here, so a skipped test is one that could have run.
  [ $failed = 0 ] && [ $skipped = 0 ]
}
