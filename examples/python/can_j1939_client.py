# J1939: sends a message to an address, and prints the answer
import socket
import sys

with socket.socket(socket.AF_CAN, socket.SOCK_DGRAM, socket.CAN_J1939) as s:
    s.settimeout(5)
    s.bind((sys.argv[1], 0, socket.J1939_NO_PGN, 0x81))
    s.sendto(b'Hello, world', (sys.argv[1], 0, 0x12300, 0x80))
    print('Received', s.recv(1785).decode())
