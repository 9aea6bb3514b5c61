"""Sends and receives 64 bytes within one process, and prints the time of a pair of calls."""

import socket
import time

from serve import announce

CALLS = 100000
a, b = socket.socketpair()
data = bytearray(64)
start = time.process_time_ns()
for _ in range(CALLS):
    a.send(data)
    b.recv_into(data)
announce('{"nanoseconds":%.1f}' % ((time.process_time_ns() - start) / CALLS))
