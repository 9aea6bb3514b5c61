"""Sends a file repeatedly, to one connection at a time. usage: sendfile <file>"""

import sys

from serve import serve_tcp

server = serve_tcp()
with open(sys.argv[1], "rb") as file:
    while True:
        connection, _ = server.accept()
        try:
            with connection:
                while True:
                    file.seek(0)
                    connection.sendfile(file)
        except OSError:  # the client has received enough and has closed the connection
            pass
