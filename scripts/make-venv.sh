#!/usr/bin/env bash
# Makes .venv from uv.lock. Starts from a bare python3.11: Debian's has neither pip nor ensurepip.
set -euo pipefail
cd "$(dirname "$0")/.."

UV="uv==0.13.9"       # the version which wrote uv.lock
VENV="$PWD/.venv"
PYTHON="${PYTHON:-}"

say() { printf 'setup: %s\n' "$*" >&2; }

find_python() {
  local candidate
  for candidate in "$PYTHON" python3.11 /usr/bin/python3.11 python3; do
    [ -n "$candidate" ] || continue
    if "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
      "$candidate" -c 'import sys; print(sys.executable)'
      return
    fi
  done
  say "Python 3.11 is needed and was not found. On Debian 12: apt-get install python3.11"
  exit 1
}

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

make_venv() {
  local python="$1"
  if "$VENV/bin/python" -c 'import sys, pip; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then return; fi
  rm -rf "$VENV"
  if "$python" -c 'import ensurepip' 2>/dev/null; then "$python" -m venv "$VENV"; return; fi
  say "this Python comes without ensurepip; getting pip another way"
  "$python" -m venv --without-pip "$VENV"
  if "$python" -m pip --python "$VENV/bin/python" install --quiet pip 2>/dev/null; then return; fi
  if "$VENV/bin/python" scripts/get_pip.py; then return; fi
  if as_root apt-get update -qq && as_root apt-get install -y -qq python3.11-venv >/dev/null; then
    "$python" -m venv --clear "$VENV"
    return
  fi
  say "pip is needed once: apt-get install python3.11-venv, then make setup again"
  exit 1
}

# The lock file names every file with its hash, so every way below installs the same bytes.
sync() {
  export UV_PROJECT_ENVIRONMENT="$VENV" UV_PYTHON="$VENV/bin/python" UV_PYTHON_DOWNLOADS=never
  local uv="$VENV/bin/uv"
  "$uv" sync --frozen --inexact --quiet && return
  say "trying again with the machine's own certificates"
  "$uv" sync --frozen --inexact --quiet --system-certs && return
  say "trying again with pip, which knows the machine's package settings"
  "$uv" export --frozen --quiet --no-emit-project -o "$VENV/locked.txt" >/dev/null
  "$VENV/bin/python" -m pip install --quiet --require-hashes -r "$VENV/locked.txt"
  "$VENV/bin/python" -m pip install --quiet --no-deps -e .
}

make_venv "$(find_python)"
"$VENV/bin/python" -m pip install --quiet --disable-pip-version-check "$UV"
sync
say "ready: .venv/bin/redress"
