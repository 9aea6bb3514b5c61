"""Writes to the socket in descriptor 3, piece by piece. The argument has the steps, as JSON, with a pause before each.
A step sends from this process, from another one, or with descriptors."""
import array
import json
import os
import socket
import sys
import time

peer = socket.socket(fileno=3)


def send(data):
    peer.sendall(data)


def send_fds(data, count):
    fds = array.array("i", [0] * count)
    peer.sendmsg([data], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, fds)])


def from_other(data):
    child = os.fork()
    if child == 0:
        peer.sendall(data)
        os._exit(0)
    os.waitpid(child, 0)


for step in json.loads(sys.argv[1]):
    time.sleep(0.02)
    data = step["data"].encode()
    if "fds" in step:
        send_fds(data, step["fds"])
    elif step.get("other"):
        from_other(data)
    else:
        send(data)
