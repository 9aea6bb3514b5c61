"""Opens the requested number of connections, one after the other, and closes them."""

import socket
import struct

from serve import announce

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", 0))
announce(server.getsockname()[1])
while True:
    count, port = struct.unpack("=ii", server.recv(64))
    for _ in range(count):
        with socket.socket() as connection:
            connection.connect(("127.0.0.1", port))
