"""Reads a stream to its end and discards it."""

from serve import serve_tcp

buffer = bytearray(1 << 18)
server = serve_tcp()
while True:
    connection, _ = server.accept()
    with connection:
        while connection.recv_into(buffer):
            pass
