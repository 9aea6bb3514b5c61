"""The UDP peer: counts the datagrams that it receives, or sends the requested ones.

argv: receive <count>       prints its port, then {"count", "digest"} of all datagrams in order
      send <port> <count> <how>   how: sendto | gso
"""
import hashlib
import json
import socket
import struct
import sys

SIZE = 200
SOL_UDP, UDP_SEGMENT = 17, 103
RECEIVE_BUFFER = 8 << 20


def datagram(i):
    return struct.pack("=I", i) * (SIZE // 4)


def receive(count):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.setsockopt(socket.SOL_SOCKET, 33, RECEIVE_BUFFER)  # SO_RCVBUFFORCE
        s.bind(("127.0.0.1", 0))
        print(s.getsockname()[1], flush=True)
        s.settimeout(10)
        digest, received = hashlib.sha256(), 0
        while received < count:
            data = s.recv(65536)
            digest.update(struct.pack("=I", len(data)) + data)
            received += 1
        s.settimeout(0.05)
        try:
            while s.recv(65536) is not None:
                received += 1
        except TimeoutError:
            pass
        print(json.dumps({"count": received, "digest": digest.hexdigest()}))


def send(port, count, how):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.connect(("127.0.0.1", port))
        if how == "sendto":
            for i in range(count):
                s.send(datagram(i))
            return
        segment = [(SOL_UDP, UDP_SEGMENT, struct.pack("=H", SIZE))]
        for first in range(0, count, 64):
            s.sendmsg([b"".join(datagram(i) for i in range(first, min(first + 64, count)))], segment)


if sys.argv[1] == "receive":
    receive(int(sys.argv[2]))
else:
    send(int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
