#!/usr/bin/env bash
# Real Asterisk servers and a carrier for tests and demonstrations, without installing anything on the machine.
#
#   install [22|16]          fetch and unpack; without a version: $AST, else 22, else (said aloud) 16; prints the version
#   start [N]                install if needed, then carrier + pbx1..N (default 2), all at once
#   up NAME [22|16]          start one: carrier, pbx1, pbx2, ... pbx9
#   down NAME [--kill]       stop one (--kill: SIGKILL)
#   restart NAME [--kill]    down and up with the same version
#   freeze NAME, thaw NAME   SIGSTOP, SIGCONT: the link stays open and nobody answers
#   stop                     stop all
#   status                   one line for each: name, state, version, pid, AMI and SIP address
#   cli NAME COMMAND...      a command on the server's console
#   clean [--cache]          stop all, remove what was made (--cache: the downloaded packages too)
#
# Needs apt-get (Debian), dpkg-deb, tar, awk, flock; not root. README.md says the rest.
set -euo pipefail

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
SELF=$HERE/$(basename "${BASH_SOURCE[0]}")
LAB=${ASTERISK_LAB_DIR:-$HERE}                 # the unpacked Asterisks, ast22 and ast16
CACHE=${ASTERISK_LAB_CACHE:-$HERE/cache}       # downloaded packages: worth keeping between CI runs
RUN=${ASTERISK_LAB_RUN:-$LAB/run}              # configuration, logs and sockets of the running servers; a short path
NET=${ASTERISK_LAB_NET:-127.0.0}               # first three octets of every address
HOST0=${ASTERISK_LAB_HOST0:-10}                # last octet of the carrier; pbxI has HOST0 + I
SIP_PORT=${ASTERISK_LAB_SIP_PORT:-5060}
AMI_PORT=${ASTERISK_LAB_AMI_PORT:-5038}
OWNER=${ASTERISK_LAB_OWNER:-}                  # a pid: when that process ends, the lab stops
VERBOSE=${VERBOSE:-0}                          # core verbosity; above 0 also writes log/full
MAXCALLS=${MAXCALLS:-0}                        # 0: no limit
QUALIFY=${QUALIFY:-0}                          # seconds between OPTIONS to the carrier; 0: none
EXCLUDE=${EXCLUDE:-}                           # modules to leave out, e.g. res_pjsip_rfc3326 (no Reason header)

say() { printf '%s\n' "$*" >&2; }
die() { say "asterisk-lab: $*"; exit 1; }

. "$HERE/install.sh"
. "$HERE/server.sh"

# The version to use: what was asked for, else 22; 16 only where 22 cannot be had.
install_default() {
  if [ -n "${AST:-}" ]; then install_version "$AST"; echo "$AST"; return; fi
  if "$SELF" install 22 >/dev/null; then echo 22; return; fi
  say "asterisk-lab: Asterisk 22 CANNOT BE INSTALLED here (reason above); falling back to Asterisk 16"
  install_version 16; echo 16
}

start() {
  local v i pids=() failed=
  v=$(install_default)
  for ((i = 0; i <= $1; i++)); do
    if [ "$i" = 0 ]; then up carrier "$v" & else up "pbx$i" "$v" & fi
    pids+=($!)
  done
  for i in "${pids[@]}"; do wait "$i" || failed=1; done
  [ -z "$failed" ] || die "not every server started"
  register_phones
  [ -z "$OWNER" ] || watch_owner
}

stop() {
  local name
  for name in $(servers); do down "$name" & done
  wait
  if [ -s "$RUN/watcher" ]; then kill -TERM -- "-$(cat "$RUN/watcher")" 2>/dev/null || true; rm -f "$RUN/watcher"; fi
}

# A test run that was killed must not leave servers behind.
watch_owner() {
  OWNER=$OWNER SELF=$SELF setsid bash -c 'tail --pid="$OWNER" -f /dev/null; rm -f "$0"; exec "$SELF" stop' \
    "$RUN/watcher" </dev/null >/dev/null 2>&1 &
  echo $! >"$RUN/watcher"
}

verb=${1:-help}; shift || true
case $verb in
  install) if [ $# = 0 ]; then install_default; else install_version "$1"; echo "$1"; fi;;
  start)   start "${1:-2}";;
  up)      up "$1" "${2:-$(install_default)}"; register_phones;;
  down)    down "$@";;
  restart) v=$(cat "$RUN/$1/version"); down "$@"; up "$1" "$v"; register_phones;;
  freeze)  signal STOP "$1";;
  thaw)    signal CONT "$1";;
  stop)    stop;;
  status)  for name in $(servers); do describe "$name"; done;;
  cli)     cli "$@";;
  clean)   stop; rm -rf "$RUN" "$LAB"/ast16 "$LAB"/ast22 "$LAB"/ast*.new
           [ "${1:-}" != --cache ] || rm -rf "$CACHE";;
  help)    sed -n '2,15s/^# \{0,1\}//p' "$SELF";;
  *)       die "no verb '$verb'; '$0 help' lists them";;
esac
