"""Accepts connections and closes them."""

from serve import serve_tcp

server = serve_tcp()
while True:
    connection, _ = server.accept()
    connection.close()
