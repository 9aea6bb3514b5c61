# Runs a journal of its own in a namespace, sends entries to it, and prints them.
#   usage: journald.sh <systemd-journald> <node> <program>
set -e
mount -t tmpfs none /run
mkdir -p /run/systemd/journal /run/log/journal
if ! [ -s /etc/machine-id ]; then
  echo 0123456789abcdef0123456789abcdef >/run/machine-id
  [ -e /etc/machine-id ] || touch /etc/machine-id
  mount --bind /run/machine-id /etc/machine-id
fi
"$1" >/dev/null 2>&1 </dev/null &
while ! [ -S /run/systemd/journal/socket ]; do sleep 0.1; done
"$2" "$3"
# The journal is asynchronous; each line of the output is an entry.
while [ "$(journalctl -o json --all --no-pager -D /run/log/journal BERKELEY=1 2>/dev/null | wc -l)" -lt 3 ]; do sleep 0.2; done
journalctl -o json --all --no-pager -D /run/log/journal BERKELEY=1
kill -9 $!
