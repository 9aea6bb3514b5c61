"""Sends the requested number of datagrams to the sender of the request. usage: udp-send sendto | gso"""

import socket
import struct
import sys

from serve import announce

SOL_UDP, UDP_SEGMENT, SEGMENTS = 17, 103, 64

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", 0))
announce(server.getsockname()[1])
while True:
    order, sender = server.recvfrom(64)
    count, size = struct.unpack("=ii", order)
    if sys.argv[1] == "sendto":
        data = bytes(size)
        for _ in range(count):
            server.sendto(data, sender)
        continue
    segment = [(SOL_UDP, UDP_SEGMENT, struct.pack("=H", size))]
    data = bytes(size * SEGMENTS)
    for left in range(count, 0, -SEGMENTS):
        server.sendmsg([data[: min(left, SEGMENTS) * size]], segment, 0, sender)
