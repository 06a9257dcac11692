#!/usr/bin/env bash
# Installs the real programs that `npm run test:integration` works with, from Debian's packages; what is there stays.
set -euo pipefail

# program:package
parts=(curl:curl tmux:tmux pgrep:procps prometheus:prometheus promtool:prometheus chromium:chromium aws:awscli kubectl:kubernetes-client)
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
"${as_root[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
echo "installed: ${missing[*]}"
