# What `./grantway` and the test command share; sourced by both, for bash 3.2 and later.

# Maven says every download on a line of its own; one line every few seconds shows that it moves. All other lines pass.
fold_downloads() {
  local line files=0 said=-10
  while IFS= read -r line; do
    case $line in
      *Downloading\ from* | *Progress\ \(*) ;;
      *Downloaded\ from*)
        files=$((files + 1))
        if ((SECONDS - said >= 5)); then
          echo "[downloads] $files files so far"
          said=$SECONDS
        fi
        ;;
      *) printf '%s\n' "$line" ;;
    esac
  done
}

# The major version of the Node on PATH, or 0.
node_major() {
  local version
  version=$(node --version 2>/dev/null || true)
  version=${version#v}
  version=${version%%.*}
  case $version in "" | *[!0-9]*) echo 0 ;; *) echo "$version" ;; esac
}

debian_like() {
  [ -r /etc/os-release ] && grep -Eq '^(ID|ID_LIKE)=.*(debian|ubuntu)' /etc/os-release && command -v apt-get >/dev/null
}

# Whether packages may be installed here: as root, on Debian or Ubuntu.
may_install() {
  [ "$(id -u)" = 0 ] && debian_like
}

# Installs packages where the distribution has them; whoever needs them looks for them again afterwards.
install_packages() {
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; } >&2 || true
}
