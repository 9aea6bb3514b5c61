"""Connects to the given port, reads to the end, and prints the length and SHA-256 of the data, as JSON."""

import hashlib
import json
import socket
import sys

digest = hashlib.sha256()
length = 0
with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as connection:
    while data := connection.recv(1 << 20):
        digest.update(data)
        length += len(data)
json.dump({"length": length, "digest": digest.hexdigest()}, sys.stdout)
