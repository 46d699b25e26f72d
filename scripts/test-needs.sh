#!/usr/bin/env bash
# What the browser tests need from the system: Chromium and a font with Chinese characters.
set -euo pipefail

missing=()
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || missing+=(chromium)
ls /usr/share/fonts/*/noto*/NotoSansCJK* >/dev/null 2>&1 ||
  { command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh-cn family)" ]; } ||
  missing+=(fonts-noto-cjk)
[ ${#missing[@]} -eq 0 ] && exit 0

by_hand() {
  echo "The tests need ${missing[*]}. Install them once: sudo apt-get update && sudo apt-get install ${missing[*]}" >&2
  exit 1
}

command -v apt-get >/dev/null || by_hand
if [ "$(id -u)" = 0 ]; then root=(); elif sudo -n true 2>/dev/null; then root=(sudo -n); else by_hand; fi
echo "Installing for the tests: ${missing[*]}" >&2
export DEBIAN_FRONTEND=noninteractive
"${root[@]}" apt-get update -qq || by_hand
"${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null || by_hand
