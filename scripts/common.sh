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

find_chromium() {
  local candidate
  for candidate in "${CHROME:-}" chromium chromium-browser google-chrome google-chrome-stable \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
    /Applications/Chromium.app/Contents/MacOS/Chromium \
    "${HOME:-/root}/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    [ -n "$candidate" ] && command -v "$candidate" && return 0
  done
  return 1
}

# What runs in a browser never skips: it finds Chromium, fetches it where it may, or stops with a sentence and code 3.
need_chromium() {
  if [ -n "${CHROME:-}" ] && ! command -v "$CHROME" >/dev/null; then
    echo "CHROME is \`$CHROME\`, which is no program: point it at a Chromium or Chrome, or unset it" >&2
    exit 3
  fi
  if ! CHROME=$(find_chromium); then
    if may_install; then
      echo "installing chromium for what runs in a browser" >&2
      install_packages chromium fonts-liberation
    fi
    if ! CHROME=$(find_chromium); then
      echo "what runs in a browser needs Chromium: install it (Debian: apt-get install chromium fonts-liberation; macOS: brew install --cask chromium) or set CHROME to one" >&2
      exit 3
    fi
  fi
  export CHROME PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
}
