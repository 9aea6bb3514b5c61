"""A peer of RDS: answers each datagram with its text in capitals, until one says bye. `rds_peer.py ADDRESS PORT`"""
import socket
import sys

with socket.socket(socket.AF_RDS, socket.SOCK_SEQPACKET, 0) as s:
    s.settimeout(60)
    s.bind((sys.argv[1], int(sys.argv[2])))
    print('bound', flush=True)
    while True:
        data, address = s.recvfrom(1 << 20)
        print(f'{len(data)} {data[:20].decode()}', flush=True)
        s.sendto(data.upper(), address)
        if data == b'bye':
            break
