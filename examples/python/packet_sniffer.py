# Network sniffer on Linux: the same as packet-sniffer.ts
import socket
import struct
import sys

INTERFACE = 'lo'
PORT = int(sys.argv[1])   # 0: the kernel chooses

target = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
target.bind(('127.0.0.1', PORT))
PORT = target.getsockname()[1]

# create a packet socket and bind it to the interface
ETH_P_IP = 0x0800
s = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM)
s.bind((INTERFACE, ETH_P_IP))

# receive all packages, those for others too
SOL_PACKET, PACKET_ADD_MEMBERSHIP, PACKET_MR_PROMISC = 263, 1, 1
s.setsockopt(SOL_PACKET, PACKET_ADD_MEMBERSHIP,
             struct.pack('iHH8s', socket.if_nametoindex(INTERFACE), PACKET_MR_PROMISC, 0, b''))
print('Listening on port', PORT)

# receive a package
while True:
    packet, address = s.recvfrom(65565)
    header = (packet[0] & 15) * 4
    if packet[9] == socket.IPPROTO_UDP and struct.unpack_from('!H', packet, header + 2)[0] == PORT:
        break
print('Sniffed on', address[0] + ':', len(packet), 'bytes,', socket.inet_ntoa(packet[12:16]),
      'to', socket.inet_ntoa(packet[16:20]) + ':', packet[header + 8:].decode())
s.close()

data, addr = target.recvfrom(1024)
print('Received', repr(data), 'from', addr)
target.sendto(data.upper(), addr)
