# J1939: claims an address for a NAME, receives a message, and answers it
import socket
import struct
import sys
import time

interface = sys.argv[1]
name = 1 | 0x7ff << 21 | 0xff << 40

with socket.socket(socket.AF_CAN, socket.SOCK_DGRAM, socket.CAN_J1939) as s:
    s.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
    s.setsockopt(107, socket.SO_J1939_FILTER, struct.pack('@QQIIBB6x', 0, 0, 0x12300, socket.J1939_PGN_MAX, 0, 0))
    s.bind((interface, name, socket.J1939_NO_PGN, 0x80))
    s.sendto(struct.pack('<Q', name), (interface, 0, socket.J1939_PGN_ADDRESS_CLAIMED, socket.J1939_NO_ADDR))
    time.sleep(0.3)
    print('Listening on', interface)
    data, address = s.recvfrom(1785)
    print('Received %s from %x' % (data.decode(), address[3]))
    s.sendto(data.upper(), (interface,) + address[1:])
