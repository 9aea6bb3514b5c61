"""The other node of the cluster: see tipc-cluster-program.ts."""
import hashlib
import socket
import struct

SOL_TIPC, TIPC_GROUP_JOIN, CLUSTER = 271, 135, 2


def offer(kind, service):
    s = socket.socket(socket.AF_TIPC, kind)
    s.settimeout(60)
    s.bind((socket.TIPC_ADDR_NAMESEQ, service, 0, 9, CLUSTER))
    return s


def connect(service):
    for _ in range(600):
        s = socket.socket(socket.AF_TIPC, socket.SOCK_STREAM)
        try:
            s.connect((socket.TIPC_ADDR_NAME, service, 5, 0))
            return s
        except OSError:
            s.close()
    raise SystemExit('nobody offers the service')


streams = offer(socket.SOCK_STREAM, 7002)
streams.listen()
datagrams = offer(socket.SOCK_RDM, 7001)
print('offered', flush=True)

data, address = datagrams.recvfrom(100)
datagrams.sendto(data.upper(), address)

peer, _ = streams.accept()
digest, left = hashlib.sha256(), 200_000
while left:
    data = peer.recv(65536)
    digest.update(data)
    left -= len(data)
peer.sendall(digest.hexdigest().encode())

with socket.socket(socket.AF_TIPC, socket.SOCK_SEQPACKET) as watcher:
    watcher.connect((socket.TIPC_ADDR_NAME, 1, 1, 0))
    watcher.send(struct.pack('=5I8s', 7003, 0, 9, 0xFFFFFFFF, 2, b''))
    watcher.recv(48)
with connect(7003) as s:
    s.sendall(b'from another node')

with socket.socket(socket.AF_TIPC, socket.SOCK_RDM) as member:
    member.settimeout(60)
    member.setsockopt(SOL_TIPC, TIPC_GROUP_JOIN, struct.pack('4I', 7004, 2, CLUSTER, 0))
    data, _ = member.recvfrom(100)
    member.send(data.upper())
    print('done', flush=True)
    # The group has a send window: sent messages have arrived once the other member has left, or after a moment.
    member.settimeout(3)
    try:
        member.recv(100)
    except OSError:
        pass
