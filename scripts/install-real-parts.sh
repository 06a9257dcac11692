#!/usr/bin/env bash
# Installs the real programs that `npm run test:integration` works with, from Debian's packages; what is there stays.
set -euo pipefail

# program:package
parts=(curl:curl tmux:tmux pgrep:procps prometheus:prometheus promtool:prometheus chromium:chromium aws:awscli kubectl:kubernetes-client
  # Whose completion and manual are tried.
  zsh:zsh fish:fish man:man-db
  # The wind tunnel's.
  nginx:nginx haproxy:haproxy gunicorn:gunicorn)
missing=()
for part in "${parts[@]}"; do
  command -v "${part%%:*}" >/dev/null || missing+=("${part#*:}")
done
if ((${#missing[@]} == 0)); then
  echo 'all real parts are installed'
  exit 0
fi
as_root=()
((EUID == 0)) || as_root=(sudo)
# Debian starts the servers that it installs, unless this policy forbids it; none of them is to run, or to hold a port.
policy=/usr/sbin/policy-rc.d
if [[ ! -e $policy ]]; then
  printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
  "${as_root[@]}" chmod +x "$policy"
  trap '"${as_root[@]}" rm -f "$policy"' EXIT
fi
"${as_root[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
# Nor after the next boot.
for package in nginx haproxy; do
  if [[ " ${missing[*]} " == *" $package "* ]] && command -v systemctl >/dev/null; then
    "${as_root[@]}" systemctl disable --quiet "$package"
  fi
done
echo "installed: ${missing[*]}"
