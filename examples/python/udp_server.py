# UDP datagrams: answers one, in upper case
import socket
import sys

PORT = int(sys.argv[1])   # 0 lets the kernel choose
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    s.bind(('127.0.0.1', PORT))
    print('Listening on port', s.getsockname()[1])
    data, addr = s.recvfrom(65536)
    print('Received', repr(data), 'from', addr)
    s.sendto(data.upper(), addr)
