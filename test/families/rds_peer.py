"""
A peer of RDS: answers each datagram with its text in capitals. One that says bye ends it, without an answer: the end of
the program closes the socket, and close() discards what is not sent yet (rds_release in the kernel's net/rds/af_rds.c
calls rds_send_drop_to). `rds_peer.py ADDRESS PORT`
"""
import socket
import sys

with socket.socket(socket.AF_RDS, socket.SOCK_SEQPACKET, 0) as s:
    s.settimeout(60)
    s.bind((sys.argv[1], int(sys.argv[2])))
    print('bound', flush=True)
    while True:
        data, address = s.recvfrom(1 << 20)
        print(f'{len(data)} {data[:20].decode()}', flush=True)
        if data == b'bye':
            break
        s.sendto(data.upper(), address)
