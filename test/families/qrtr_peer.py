"""A peer of the IPC router: offers a service, and answers one datagram in capitals. `qrtr_peer.py SERVICE INSTANCE`"""
import socket
import struct
import sys

NEW_SERVER, CONTROL = 4, 0xFFFFFFFE
service, instance = map(int, sys.argv[1:])
with socket.socket(socket.AF_QIPCRTR, socket.SOCK_DGRAM, 0) as s:
    node, _ = s.getsockname()
    s.bind((node, 0))
    node, port = s.getsockname()
    s.sendto(struct.pack('<5I', NEW_SERVER, service, instance, node, port), (node, CONTROL))
    print('port', port, flush=True)
    data, address = s.recvfrom(100)
    s.sendto(data.upper(), address)
    print('from', *address, flush=True)
