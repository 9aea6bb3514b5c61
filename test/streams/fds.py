"""The peer of a Unix stream, which is standard input. It writes the received data into each received descriptor, and
sends both back."""

import os
import socket
import sys

with socket.socket(fileno=os.dup(0)) as connection:
    while True:
        data, fds, _, _ = socket.recv_fds(connection, 65536, 253)
        if not data:
            break
        for fd in fds:
            os.write(fd, data)
        socket.send_fds(connection, [data.upper()], fds)
        for fd in fds:
            os.close(fd)
