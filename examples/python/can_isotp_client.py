# ISO-TP: requests the vehicle identification number from an engine control unit
import socket
import sys

with socket.socket(socket.AF_CAN, socket.SOCK_DGRAM, socket.CAN_ISOTP) as s:
    s.bind((sys.argv[1], 0x7e8, 0x7e0))
    s.settimeout(5)
    s.send(b'\x22\xf1\x90')
    answer = s.recv(4095)
    print('Received', answer[3:].decode()) if answer[0] == 0x62 else print('Refused:', answer.hex())
