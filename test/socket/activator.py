"""Starts a program as systemd does, with a listening socket as descriptor 3, and then connects to it as a client.

usage: activator.py JSON, where JSON is {"command": [...], "address": ..., "blocking": true or false}
"""

import json
import os
import socket
import sys

job = json.loads(sys.argv[1])
address = job["address"] if isinstance(job["address"], str) else tuple(job["address"])
family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET

listener = socket.socket(family, socket.SOCK_STREAM)
listener.bind(address)
listener.listen()
listener.setblocking(job["blocking"])
sys.stdout.flush()

child = os.fork()
if child == 0:
    os.dup2(listener.fileno(), 3)  # dup2 makes it inheritable
    os.set_inheritable(3, True)  # in case it already was descriptor 3
    os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
    os.execv(job["command"][0], job["command"])

with socket.socket(family, socket.SOCK_STREAM) as client:
    client.connect(listener.getsockname())
    client.sendall(b"Hello, activated")
    client.shutdown(socket.SHUT_WR)
    received = b""
    while data := client.recv(1024):
        received += data
status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
print(json.dumps({"received": received.decode(), "status": status}))
