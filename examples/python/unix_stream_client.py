# A Unix stream client
import socket
import sys

with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as s:
    s.connect(sys.argv[1])
    s.sendall(b'Hello, neighbour')
    data = s.recv(1024)
print('Received', repr(data))
