"""An echo server. "blocking": one connection at a time; "epoll": all at once."""

import select
import sys

from serve import serve_tcp, set_nodelay

buffer = bytearray(65536)
view = memoryview(buffer)


def serve_blocking():
    server = serve_tcp()
    while True:
        connection, _ = server.accept()
        set_nodelay(connection)
        with connection:
            while got := connection.recv_into(buffer):
                connection.sendall(view[:got])


def serve_epoll():
    server = serve_tcp()
    server.setblocking(False)
    epoll = select.epoll()
    epoll.register(server, select.EPOLLIN)
    connections = {}
    while True:
        for fd, _ in epoll.poll():
            if fd == server.fileno():
                accept(server, epoll, connections)
                continue
            if not echo(connections[fd]):
                connections.pop(fd).close()


def echo(connection):
    try:
        got = connection.recv_into(buffer)
    except ConnectionResetError:  # a client that closed with a message in flight
        return False
    if got:
        connection.send(view[:got])
    return got


def accept(server, epoll, connections):
    try:
        while True:
            connection, _ = server.accept()
            connection.setblocking(False)
            set_nodelay(connection)
            connections[connection.fileno()] = connection
            epoll.register(connection, select.EPOLLIN)
    except BlockingIOError:
        pass


serve_epoll() if sys.argv[1:] == ["epoll"] else serve_blocking()
