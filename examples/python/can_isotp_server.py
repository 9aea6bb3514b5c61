# ISO-TP: an engine control unit that answers requests for the vehicle identification number
import socket
import sys

with socket.socket(socket.AF_CAN, socket.SOCK_DGRAM, socket.CAN_ISOTP) as s:
    s.bind((sys.argv[1], 0x7e0, 0x7e8))
    print('Listening on', sys.argv[1])
    request = s.recv(4095)
    print('Received', request.hex())
    if request == b'\x22\xf1\x90':
        s.send(b'\x62\xf1\x90' + b'WVWZZZ1JZXW000001')
    else:
        s.send(bytes([0x7f, request[0], 0x11]))
