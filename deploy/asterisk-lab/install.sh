# Fetching and unpacking Asterisk; sourced by asterisk-lab.sh.
#
# Debian's sid has Asterisk 22, bullseye has 16, bookworm and trixie have none. A private apt (own lists, own EMPTY dpkg
# status, so that the machine's packages are neither looked at nor changed) downloads asterisk with its whole dependency
# closure, libc included, and dpkg-deb unpacks that into a folder. No maintainer script runs, no user is made, no service
# starts. A server is then a plain process under the folder's own loader, so any glibc runs beside the machine's.

LIBS=$(uname -m)-linux-gnu

suite_of() { case $1 in 22) echo sid;; 16) echo bullseye;; *) die "no Asterisk $1 (22 or 16)";; esac; }
root_of()  { echo "$LAB/ast$1"; }

# Packages of the closure that no server needs: maintainer scripts' needs, gnupg, perl, documentation.
SKIP='adduser|passwd|login|login.defs|perl.*|libperl.*|gnupg.*|gpg.*|dirmngr|pinentry.*|debconf.*|dpkg|tar|sensible-utils|libsnmp-base|asterisk-config|ucf|lsb-base|sysvinit-utils|init-system-helpers|libpam.*|tzdata|openssl-provider-legacy|libc-gconv-modules-extra|netbase|media-types|install-info|mime-support'

# The mirror is the machine's own; the files that name it are deleted after the download.
mirror() {
  local m=${ASTERISK_LAB_MIRROR:-}
  [ -n "$m" ] || m=$(awk '/^URIs:/ {print $2; exit}' /etc/apt/sources.list.d/debian.sources 2>/dev/null || true)
  [ -n "$m" ] || m=$(awk '$1 == "deb" {for (i = 2; i <= NF; i++) if ($i ~ /^https?:/) {print $i; exit}}' \
      /etc/apt/sources.list 2>/dev/null || true)
  [ -n "$m" ] || die "no Debian mirror in /etc/apt; set ASTERISK_LAB_MIRROR"
  echo "$m"
}

private_apt() {   # SUITE
  local d=$CACHE/$1 from
  from=$(mirror)
  mkdir -p "$d"/{lists/partial,debs/partial,cache,state}
  : >"$d/state/status"
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $from $1 main" >"$d/sources.list"
  cat >"$d/apt.conf" <<E
Dir::Etc::sourcelist "$d/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::State "$d/state";
Dir::State::status "$d/state/status";
Dir::State::Lists "$d/lists";
Dir::Cache "$d/cache";
Dir::Cache::archives "$d/debs";
APT::Install-Recommends "false";
APT::Sandbox::User "root";
APT::Get::List-Cleanup "false";
Acquire::Languages "none";
Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled "false";
Acquire::Retries "3";
Acquire::http::Timeout "20";
Acquire::https::Timeout "20";
Acquire::Check-Valid-Until "false";
E
  export APT_CONFIG=$d/apt.conf
}

download() {      # SUITE
  local d=$CACHE/$1
  [ ! -e "$d/.complete" ] || return 0
  private_apt "$1"
  apt-get -qq update >"$d/log" 2>&1 || { tail -5 "$d/log" >&2; die "apt-get update of $1 failed"; }
  rm -f "$d"/debs/*.deb
  apt-get -qq -y --download-only install asterisk >"$d/log" 2>&1 \
    || { tail -5 "$d/log" >&2; die "the download of asterisk from $1 failed"; }
  unset APT_CONFIG
  rm -rf "$d"/{lists,cache,state,sources.list,apt.conf,log,debs/partial,debs/lock}
  : >"$d/.complete"
}

unpack() {        # SUITE FOLDER
  local ld m
  mkdir -p "$2"
  find "$CACHE/$1/debs" -name '*.deb' | grep -Ev "/($SKIP)_[^/]*\$" \
    | xargs -P "$(nproc)" -I{} sh -c 'dpkg-deb --fsys-tarfile "$1" | tar -x -C "$2" --no-same-owner \
        --exclude=./usr/share/doc --exclude=./usr/share/man --exclude=./usr/share/locale \
        --exclude=./usr/share/lintian --exclude=./usr/share/bug' _ {} "$2"
  for ld in "$2"/usr/lib/"$LIBS"/ld-linux-*.so.* "$2"/lib/"$LIBS"/ld-2.*.so; do [ ! -e "$ld" ] || break; done
  [ -e "$ld" ] || die "no dynamic loader in $2"
  # ps shows this name, not the loader's
  ln -sf "${ld#"$2"/}" "$2/asterisk"
  for m in usr/lib/"$LIBS"/asterisk/modules usr/lib/asterisk/modules; do
    [ ! -d "$2/$m" ] || ln -sfn "$m" "$2/modules"
  done
}

# The lab's own recordings, glued from Debian's core sounds (GSM frames: cat joins them).
# Silence is recorded too: a callee in Wait() sends no RTP, and AMD() then takes every human for a machine.
record_sounds() { # FOLDER
  local s=$1/usr/share/asterisk/sounds/en_US_f_Allison l=$1/labsounds
  [ -d "$s" ] || s=$1/usr/share/asterisk/sounds/en
  ln -sfn "$(basename "$s")" "$1/usr/share/asterisk/sounds/en"
  mkdir -p "$l"
  cat "$s"/{hello,silence/3}.gsm >"$l/hello.gsm"
  cat "$s"/silence/10.gsm >"$l/silence10.gsm"
  cat "$s"/{demo-abouttotry,silence/2,demo-moreinfo,silence/1,demo-instruct}.gsm >"$l/speech.gsm"
  cat "$s"/{silence/1,vm-theperson,vm-isunavail,vm-intro}.gsm >"$l/am-greeting.gsm"
  cat "$s"/beep.gsm >"$l/beep.gsm"
  cat "$s"/{queue-thankyou,silence/1,demo-moreinfo,silence/2,demo-echotest}.gsm >"$l/agent.gsm"
  cat "$s"/{demo-congrats,vm-goodbye}.gsm >"$l/message.gsm"
  cat "$s"/vm-sorry.gsm >"$l/sorry.gsm"
  cat "$s"/all-circuits-busy-now.gsm >"$l/all-circuits.gsm"
  cat "$s"/{hello,vm-rec-name,silence/3}.gsm >"$l/screen.gsm"
  cat "$s"/tt-monkeys.gsm >"$l/moh.gsm"
}

# A short-lived server without any network turns them into mu-law, so that a call costs no transcoding.
# It is also the smoke test of the unpacked folder.
convert_sounds() { # VERSION
  local f l
  l=$(root_of "$1")/labsounds
  up convert "$1" 2>/dev/null || die "Asterisk $1 does not start"
  for f in "$l"/*.gsm; do cli convert "file convert $f ${f%.gsm}.ulaw" >/dev/null; done
  down convert
  [ -s "$l/hello.ulaw" ] || { tail -5 "$RUN/convert/log/messages.log" >&2; die "Asterisk $1 made no mu-law files"; }
  rm -rf "$RUN/convert"
  rm -f "$l"/*.gsm
}

install_version() { # VERSION
  local v=$1 suite root t0=$SECONDS
  suite=$(suite_of "$v"); root=$(root_of "$v")
  [ ! -e "$root/.ready" ] || return 0
  for f in apt-get dpkg-deb tar awk flock; do
    command -v $f >/dev/null || die "Asterisk $v needs $f to install (a Debian machine)"
  done
  mkdir -p "$CACHE"
  exec 9>"$CACHE/.lock"; flock 9
  if [ ! -e "$root/.ready" ]; then
    say "asterisk-lab: installing Asterisk $v into $root"
    download "$suite"
    rm -rf "$root" "$root.new"
    unpack "$suite" "$root.new"
    record_sounds "$root.new"
    mv "$root.new" "$root"
    convert_sounds "$v"
    asterisk "$v" -V >"$root/.ready"
    say "asterisk-lab: $(cat "$root/.ready") after $((SECONDS - t0)) s"
  fi
  exec 9>&-
}
