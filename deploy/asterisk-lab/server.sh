# One server: its configuration, start, end, console; sourced by asterisk-lab.sh.

number_of() { case $1 in carrier|convert) echo 0;; pbx[1-9]) echo "${1#pbx}";; *) die "no server '$1' (carrier, pbx1 .. pbx9)";; esac; }
role_of()   { case $1 in pbx*) echo pbx;; *) echo "$1";; esac; }
address()   { echo "$NET.$((HOST0 + $1))"; }
servers()   { local p; for p in "$RUN"/*/pid; do [ ! -e "$p" ] || basename "$(dirname "$p")"; done; }

# Runs the binary of the folder with the folder's libraries.
asterisk() {      # VERSION ARGS...
  local r; r=$(root_of "$1"); shift
  "$r/asterisk" --library-path "$r/lib/$LIBS:$r/usr/lib/$LIBS:$r/usr/lib" "$r/usr/sbin/asterisk" "$@"
}

cli() {           # NAME COMMAND...
  local name=$1; shift
  alive "$name" || die "$name does not run"
  asterisk "$(cat "$RUN/$name/version")" -C "$RUN/$name/etc/asterisk.conf" -rx "$*"
}

modules() {       # ROOT: those that this version has, as modules.conf wants them
  local m
  for m in $(grep -v '^#' "$HERE/modules.txt"); do
    case " $EXCLUDE " in *" $m "*) continue;; esac
    [ ! -e "$1/modules/$m.so" ] || echo "load = $m.so"
  done
}

# The carrier's way to each pbx, and the phones that register with pbx1.
peers() {
  local i ip
  for i in 1 2 3 4 5 6 7 8 9; do
    ip=$(address "$i")
    printf '[pbx%s](pbx-tpl)\naors = pbx%s\n' "$i" "$i"
    printf '[pbx%s]\ntype = aor\ncontact = sip:%s:%s\n' "$i" "$ip" "$SIP_PORT"
    printf '[pbx%s]\ntype = identify\nendpoint = pbx%s\nmatch = %s\n' "$i" "$i" "$ip"
  done
  ip=$(address 1)
  for i in 1 2 3 4 5; do
    printf '[pbx1-960%s](phone-tpl)\nserver_uri = sip:%s:%s\nclient_uri = sip:960%s@%s\ncontact_user = 960%s\n' \
      "$i" "$ip" "$SIP_PORT" "$i" "$ip" "$i"
  done
}

# The phones as a pbx knows them: 60 of each class that answers, 9 of each that does not, 5 that register.
phones() {
  local class n i x
  for class in 90 91 92 93 94 95 96; do
    case $class in 90|91|95) n=60;; 96) n=5;; *) n=9;; esac
    for ((i = 1; i <= n; i++)); do
      x=$class$(printf %02d "$i")
      printf '[%s](agent-tpl)\naors = %s\ncallerid = Agent %s <%s>\n[%s]\ntype = aor\n' "$x" "$x" "$x" "$x" "$x"
      if [ "$class" = 96 ]; then printf 'max_contacts = 1\nremove_existing = yes\n'
      else printf 'contact = sip:%s@%s:%s\n' "$x" "$(address 0)" "$SIP_PORT"; fi
    done
  done
}

# The queues `floor` and `desk` have agents of their own on each pbx: PREFIX01..PREFIX06 on pbx1, PREFIX07..PREFIX12 on pbx2 and so on.
own_members() { # PREFIX NUMBER
  local i
  for i in 1 2 3 4 5 6; do printf 'member => PJSIP/%s%02d\n' "$1" $(( ($2 - 1) * 6 + i )); done
}

configure() {     # NAME VERSION
  local name=$1 run=$RUN/$1 role n root f log_full=';'
  root=$(root_of "$2"); n=$(number_of "$name"); role=$(role_of "$name")
  [ "$VERBOSE" = 0 ] || log_full=
  rm -rf "$run/etc"
  mkdir -p "$run"/{etc,run,log,lib/agi-bin,lib/keys,cache,data/sounds/lab,data/moh,spool/{monitor,outgoing,tmp,recording}}
  ln -sfn "$root/usr/share/asterisk/documentation" "$run/data/documentation"
  ln -sfn "$root/usr/share/asterisk/rest-api" "$run/data/rest-api"
  ln -sfn "$root/usr/share/asterisk/sounds/en" "$run/data/sounds/en"
  for f in "$root"/labsounds/*; do ln -sfn "$f" "$run/data/sounds/lab/"; done
  ln -sfn "$root/labsounds/moh.ulaw" "$run/data/moh/moh.ulaw"
  for f in "$HERE/configs/common"/*.conf "$HERE/configs/$role"/*.conf; do
    sed -e "s|@RUN@|$run|g" -e "s|@ROOT@|$root|g" -e "s|@NAME@|$name|g" -e "s|@VERBOSE@|$VERBOSE|g" \
      -e "s|@MAXCALLS@|$MAXCALLS|g" -e "s|@LOG_FULL@|$log_full|g" -e "s|@QUALIFY@|$QUALIFY|g" \
      -e "s|@IP@|$(address "$n")|g" -e "s|@SIP_PORT@|$SIP_PORT|g" -e "s|@AMI_PORT@|$AMI_PORT|g" \
      -e "s|@CARRIER_IP@|$(address 0)|g" "$f" >"$run/etc/$(basename "$f")"
  done
  ! grep -rnE '@[A-Z_]+@' "$run/etc" >&2 || die "a name in the configuration is not filled in"
  case $role in
    carrier) peers >"$run/etc/peers.conf"; modules "$root" >"$run/etc/load.conf";;
    pbx)     phones >"$run/etc/agents.conf"; own_members 91 "$n" >"$run/etc/floor.conf"; own_members 95 "$n" >"$run/etc/desk.conf"; modules "$root" >"$run/etc/load.conf";;
  esac
  echo "$2" >"$run/version"
}

# Pids are used again, so a process counts as ours only if its command line names our run folder.
alive() {         # NAME
  local line
  line=$({ tr '\0' ' ' <"/proc/$(cat "$RUN/$1/pid")/cmdline"; } 2>/dev/null) || return 1
  case $line in *"$RUN/$1/etc/"*) return 0;; *) return 1;; esac
}

# A dying process loses its command line first and its sockets last, and an orphan may stay a zombie: look at the state.
gone() {          # PID
  local state
  state=$(sed 's/.*) //' "/proc/$1/stat" 2>/dev/null) || return 0
  case $state in Z*|X*|'') return 0;; *) return 1;; esac
}

up() {            # NAME VERSION
  local name=$1 v=$2 run=$RUN/$1 root t0 i
  root=$(root_of "$v")
  if alive "$name"; then say "$(describe "$name")"; return; fi
  [ -x "$root/usr/sbin/asterisk" ] || die "Asterisk $v is not installed: $SELF install $v"
  # 91 bytes leave room for /NAME/run/asterisk.ctl in the 108 of a socket's address
  [ ${#RUN} -le 80 ] || die "the path $RUN is too long for a socket; set ASTERISK_LAB_RUN to a short one"
  rm -f "$run"/run/asterisk.{ctl,pid}
  configure "$name" "$v"
  t0=$(date +%s%N)
  ( cd "$run"; unset NOTIFY_SOCKET LD_LIBRARY_PATH; ulimit -c 0
    exec setsid "$root/asterisk" --library-path "$root/lib/$LIBS:$root/usr/lib/$LIBS:$root/usr/lib" \
      "$root/usr/sbin/asterisk" -f -n -C "$run/etc/asterisk.conf" </dev/null >>"$run/log/stdout" 2>&1 9>&- ) &
  echo $! >"$run/pid"
  sleep 0.1
  for ((i = 0; i < 300; i++)); do
    alive "$name" || { tail -20 "$run"/log/{stdout,messages.log} >&2 || true; die "$name died at its start"; }
    if [ -S "$run/run/asterisk.ctl" ] && cli "$name" core waitfullybooted 2>/dev/null | grep -q 'fully booted'; then
      say "$(describe "$name") after $(( ($(date +%s%N) - t0) / 1000000 )) ms"
      return
    fi
    sleep 0.1
  done
  die "$name: not booted after 30 s"
}

down() {          # NAME [--kill]
  local name=$1 pid i
  if alive "$name"; then
    pid=$(cat "$RUN/$name/pid")
    kill -CONT "$pid"
    if [ "${2:-}" = --kill ]; then kill -KILL "$pid"; else cli "$name" core stop now >/dev/null 2>&1 || kill -TERM "$pid"; fi
    for ((i = 0; i < 200; i++)); do ! gone "$pid" || break; sleep 0.05; done
    gone "$pid" || kill -KILL "$pid"
  fi
  rm -f "$RUN/$name/pid"
}

signal() { alive "$2" || die "$2 does not run"; kill "-$1" "$(cat "$RUN/$2/pid")"; }

describe() {      # NAME
  local ip
  ip=$(address "$(number_of "$1")")
  if alive "$1"; then
    echo "$1 up, Asterisk $(cat "$RUN/$1/version"), pid $(cat "$RUN/$1/pid"), AMI $ip:$AMI_PORT, SIP $ip:$SIP_PORT"
  else echo "$1 dead"; fi
}

# Phones 9601..9605 ask once a minute at most; after a start nobody wants to wait for that.
register_phones() { if alive carrier && alive pbx1; then cli carrier 'pjsip send register *all' >/dev/null; fi; }
