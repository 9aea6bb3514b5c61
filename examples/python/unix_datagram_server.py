# Unix datagrams: answers one
import os
import socket
import sys

PATH = sys.argv[1]
with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as s:
    s.bind(PATH)
    print('Listening on', PATH)
    data, addr = s.recvfrom(65536)
    print('Received', repr(data), 'from', repr(addr))
    s.sendto(data, addr)
os.unlink(PATH)
