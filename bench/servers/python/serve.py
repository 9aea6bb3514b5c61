"""Shared by the Python servers. The first line of a server's output is its port or path."""

import socket

BACKLOG = 512


def announce(where):
    print(where, flush=True)


def serve_tcp():
    server = socket.create_server(("127.0.0.1", 0), backlog=BACKLOG)
    announce(server.getsockname()[1])
    return server


def set_nodelay(connection):
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
