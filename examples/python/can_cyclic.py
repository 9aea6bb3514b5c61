# Cyclic CAN frames: the kernel's Broadcast Manager sends a frame every 20 milliseconds, and reports only changes
import socket
import struct
import sys
import time

can_id = 0x42
can_frame_fmt = "=IB3x8s"
TX_SETUP, TX_DELETE, RX_SETUP = socket.CAN_BCM_TX_SETUP, socket.CAN_BCM_TX_DELETE, socket.CAN_BCM_RX_SETUP
SETTIMER, STARTTIMER = 1, 2

def message(opcode, flags=0, microseconds=0, *values):
    # struct bcm_msg_head of linux/can/bcm.h; the frames begin at a multiple of 8
    head = struct.pack('@3I4l2I', opcode, flags, 0, 0, 0, 0, microseconds, can_id, len(values))
    return head + b''.join(struct.pack(can_frame_fmt, can_id, 1, bytes([value])) for value in values)

interface = sys.argv[1] if len(sys.argv) > 1 else 'vcan0'
with socket.socket(socket.AF_CAN, socket.SOCK_DGRAM, socket.CAN_BCM) as watcher, \
        socket.socket(socket.AF_CAN, socket.SOCK_DGRAM, socket.CAN_BCM) as sender:
    for s in watcher, sender:
        s.connect((interface,))
    watcher.send(message(RX_SETUP, 0, 0, 0xff))

    def next_change():
        can_id, can_dlc, data = struct.unpack(can_frame_fmt, watcher.recv(4096)[-16:])
        print('Changed to', data[:can_dlc].hex())

    sender.send(message(TX_SETUP, SETTIMER | STARTTIMER, 20000, 1))
    next_change()
    time.sleep(0.2)
    sender.send(message(TX_SETUP, 0, 0, 2))
    next_change()
    sender.send(message(TX_DELETE))
