# Unix datagrams: the client has an address too, so that it can receive an answer
import socket
import sys

with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as s:
    s.settimeout(5)
    s.bind('')            # Linux chooses an abstract name
    print('Sending from', repr(s.getsockname()))
    s.connect(sys.argv[1])
    s.send(b'Hello, neighbour')
    data = s.recv(65536)
print('Received', repr(data))
