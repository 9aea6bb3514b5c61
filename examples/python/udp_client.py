# UDP datagrams: sends one, and waits for the answer
import socket
import sys

HOST = sys.argv[1]        # The remote host
PORT = int(sys.argv[2])   # The same port as used by the server
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    s.settimeout(5)
    s.sendto(b'Hello, world', (HOST, PORT))
    data, addr = s.recvfrom(65536)
print('Received', repr(data))
