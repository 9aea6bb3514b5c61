"""Receives datagrams, and answers those that begin with '!'."""

import socket

from serve import announce

MARK = ord("!")
buffer = bytearray(65536)
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", 0))
announce(server.getsockname()[1])
while True:
    _, sender = server.recvfrom_into(buffer)
    if buffer[0] == MARK:
        server.sendto(b"ok", sender)
