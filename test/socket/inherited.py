"""Inherits a listening socket from its parent: prints what it got, and echoes one connection."""

import json
import os
import socket
import sys

fd = int(sys.argv[1])


def say(message):
    print(json.dumps(message), flush=True)


try:
    listener = socket.socket(fileno=fd)
except OSError as error:
    say({"errno": error.errno})
    sys.exit()
say({"family": listener.family.name, "type": listener.type.name, "blocking": os.get_blocking(fd)})
connection, _ = listener.accept()
with connection:
    while data := connection.recv(1024):
        connection.sendall(data)
