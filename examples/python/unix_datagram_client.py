# Datagrams within the machine: the client has an address too, so that it can be answered
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
