"""Sends every datagram back to its sender, with the file descriptor that came along. usage: descriptors <path>"""

import os
import socket
import sys

from serve import announce

server = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
server.bind(sys.argv[1])
announce(sys.argv[1])
while True:
    data, fds, _, sender = socket.recv_fds(server, 16, 1)
    # Not send_fds: until Python 3.12 it ignores the address.
    rights = (socket.SOL_SOCKET, socket.SCM_RIGHTS, fds[0].to_bytes(4, sys.byteorder))
    server.sendmsg([data], [rights], 0, sender)
    os.close(fds[0])
