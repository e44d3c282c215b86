#!/usr/bin/env bash
# What a stranger's first command costs: a Debian 12 with nothing but Python, in FOLDER, made anew; then each COMMAND, timed.
#
#   sudo tests/bench/bare_debian.sh FOLDER 'python3 dev.py test' 'python3 dev.py demo --screenshot demo.png'
#
# Needs root, debootstrap and a network. This machine's name service and certificate (PIP_CERT) are lent to it.
set -euo pipefail

[ $# -ge 2 ] || { sed -n '2,6s/^# \{0,1\}//p' "$0"; exit 2; }
folder=$1
shift
checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

! [ -e "$folder" ] || { echo "$folder is there already; name a new one" >&2; exit 2; }
debootstrap --variant=minbase --include=python3 bookworm "$folder" > "$folder.log"
trap 'umount "$folder/proc" "$folder/dev/shm" 2> /dev/null || true' EXIT
mount -t proc proc "$folder/proc"
mkdir -p "$folder/dev/shm" "$folder/srv/healthmon"
mount -t tmpfs shm "$folder/dev/shm"
rm -rf "$folder"/var/lib/apt/lists/* "$folder"/var/cache/apt/archives/*.deb
cp -L /etc/resolv.conf /etc/hosts "$folder/etc/"
lent=()
if [ -n "${PIP_CERT:-}" ]; then
    cp -L "$PIP_CERT" "$folder/srv/lent.crt"
    lent=(PIP_CERT=/srv/lent.crt)
fi
git -C "$checkout" archive HEAD | tar -x -C "$folder/srv/healthmon"

for command in "$@"; do
    started=$(date +%s.%N)
    code=0
    chroot "$folder" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/srv LC_ALL=C.UTF-8 "${lent[@]}" \
        sh -c "cd /srv/healthmon && $command" || code=$?
    echo "== $command: exit $code after $(awk "BEGIN { printf \"%.0f\", $(date +%s.%N) - $started }") s"
done
