"""Sends every datagram back to its sender."""

import socket
import sys

from serve import announce

server = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
server.bind(sys.argv[1])
announce(sys.argv[1])
while True:
    data, sender = server.recvfrom(65536)
    server.sendto(data, sender)
