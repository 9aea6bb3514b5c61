#!/bin/bash
# Runs inside the guest, as root: sets up what the families need, runs the command, and reports its exit status.
# Once the modules are mounted, the kernel loads families and ciphers on demand, as on a real machine.
export PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp BERKELEY_VM=1
word() { sed "s/.* $1=\([^ ]*\).*/\1/" /proc/cmdline; }
mount --bind "$(word kernel)/lib/modules" /lib/modules
mkdir -p /dev/pts /dev/shm && mount -t devpts devpts /dev/pts && mount -t tmpfs shm /dev/shm
ip link set lo up
modprobe -aq af_alg vcan vxcan can-isotp can-j1939 hci_vhci rfcomm rds_tcp vsock_loopback qrtr tipc sctp veth dccp_ipv4 dccp_ipv6 smc
for n in 0 1; do ip link add dev vcan$n type vcan && ip link set vcan$n mtu 72 up; done
# Newer kernels restrict the algorithms for programs by default.
[ -e /proc/sys/crypto/af_alg_restrict ] && echo 0 >/proc/sys/crypto/af_alg_restrict

# From here on, what fails is the command and not the boot (see boot.mjs, STARTED).
echo 'berkeley: the command starts' >/dev/ttyS0
stty -F /dev/ttyS1 raw -echo
(cd "$(word project)" && bash -c "$(cat "$(word run)/command")") </dev/null >/dev/ttyS1 2>&1
status=$?
# isa-debug-exit: QEMU exits with 2 * value + 1, so 0 becomes 1 (see boot.mjs).
printf "\\x$(printf %02x "$status")" | dd of=/dev/port bs=1 seek=244 status=none
sleep 10
