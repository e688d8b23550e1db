# shellcheck shell=sh
# What the scripts have in common. They source it before anything else.

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
script=$(basename -- "$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)")/${0##*/}

note() {
  printf '%s: %s\n' "$script" "$*" >&2
}

# fail STATUS MESSAGE: the statuses are those of the tools.
fail() {
  status=$1
  shift
  note "$@"
  exit "$status"
}

misused() {
  fail 64 "$* (see '$script --help')"
}

has() {
  command -v "$1" >/dev/null 2>&1
}

# The word as it can be typed in a shell.
quoted() {
  case $1 in
    '' | *[!A-Za-z0-9_./:=@%+,-]*) printf "'%s'" "$(printf '%s' "$1" | sed "s/'/'\\\\''/g")" ;;
    *) printf '%s' "$1" ;;
  esac
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# install_packages PACKAGE...: by apt-get or Homebrew, saying so.
install_packages() {
  if has apt-get; then
    note "installing $* by apt-get"
    apt_install "$@" || { as_root apt-get update -qq >&2 && apt_install "$@"; }
  elif has brew; then
    note "installing $* by Homebrew"
    brew install --quiet "$@" >&2
  else
    return 1
  fi
}

apt_install() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
}

# Sees to libpng and zlib with their headers, and to pkg-config, by which SwiftPM finds them.
need_libraries() {
  if has pkg-config && pkg-config --exists libpng zlib; then return; fi
  if has apt-get; then
    set -- libpng-dev zlib1g-dev pkg-config
  elif has brew; then
    set -- libpng zlib pkgconf
  else
    fail 69 'libpng and zlib with their headers, and pkg-config, are needed: install them and try again'
  fi
  install_packages "$@" || fail 69 "$* are needed and could not be installed"
}

# want_program PROGRAM PACKAGE: installs it if it isn't there; goes on without it if it can't be had.
want_program() {
  has "$1" || install_packages "$2" || note "going on without $1"
}

# Installs the library that reads JPEGs, which is loaded only when one comes; goes on without it if it can't be had.
want_jpeg() {
  package=jpeg-turbo
  if has apt-get; then
    if ldconfig -p | grep -q 'libturbojpeg\.so\.0 '; then return; fi
    if grep -qs '^ID=debian' /etc/os-release; then package=libturbojpeg0; else package=libturbojpeg; fi
  elif has brew; then
    if brew list jpeg-turbo >/dev/null 2>&1; then return; fi
  fi
  install_packages "$package" || note 'going on without libjpeg-turbo, which reads JPEGs'
}

need_swift() {
  version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p')
  major=${version%%.*}
  minor=${version#*.}
  if [ "${major:-0}" -gt 6 ] || { [ "${major:-0}" -eq 6 ] && [ "$minor" -ge 2 ]; }; then return; fi
  fail 69 "Swift 6.2 or later is needed${version:+, not $version}: https://www.swift.org/install"
}

# Makes MNIST_DIR, where it is set, good in any folder.
settle_mnist() {
  if [ -z "${MNIST_DIR-}" ]; then return; fi
  MNIST_DIR=$(CDPATH='' cd -- "$MNIST_DIR" 2>/dev/null && pwd) || fail 66 'MNIST_DIR names no folder'
  export MNIST_DIR
}

# How a release is built: an installed tool is one file wherever the runtime can be linked statically. By lld, since
# Swift's default linker warns of a call of mktemp in Foundation, which nothing here comes to.
release_build() {
  case $(uname -s) in
    Linux) echo 'swift build -c release --static-swift-stdlib -Xswiftc -use-ld=lld' ;;
    *) echo 'swift build -c release' ;;
  esac
}

# Where that puts the tools.
release_folder() {
  (cd "$root" && eval "$(release_build) --show-bin-path")
}

# Shows a command as a user would type it, and runs it.
run() {
  printf '$ %s\n' "$1"
  eval "$1"
}
