# CAN frames: sends one, and prints the two that it receives
import socket
import struct
import sys

can_frame_fmt = "=IB3x8s"

with socket.socket(socket.AF_CAN, socket.SOCK_RAW, socket.CAN_RAW) as s:
    s.settimeout(5)
    s.bind((sys.argv[1],))
    s.send(struct.pack(can_frame_fmt, 0x123, 2, b'\xca\xfe'))
    for i in range(2):
        can_id, can_dlc, data = struct.unpack(can_frame_fmt, s.recv(16))
        print('Received can_id=%x, data=%s' % (can_id, data[:can_dlc].hex()))
