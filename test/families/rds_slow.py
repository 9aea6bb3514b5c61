"""A receiver that reads only after a datagram has arrived on another port. `rds_slow.py ADDRESS PORT TOLD_AT`"""
import socket
import sys


def bind(port):
    s = socket.socket(socket.AF_RDS, socket.SOCK_SEQPACKET, 0)
    s.settimeout(60)
    s.bind((sys.argv[1], port))
    return s


slow, told = bind(int(sys.argv[2])), bind(int(sys.argv[3]))
slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 20_000)
print('bound', flush=True)
left, _ = told.recvfrom(10)
print([slow.recv(5000)[0] for _ in range(int(left))], flush=True)
print(slow.recv(100), flush=True)
