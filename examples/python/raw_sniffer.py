# Network sniffer on Linux, which has no SIO_RCVALL: the same as raw-sniffer.ts
import socket
import struct
import sys

# the interface to watch
PORT = int(sys.argv[1])   # 0 lets the kernel choose
HOST = sys.argv[2]

# the socket whose datagram is sniffed
target = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
target.bind((HOST, PORT))
PORT = target.getsockname()[1]

# create a raw socket and bind it to the interface
s = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_UDP)
s.bind((HOST, 0))

# Include IP headers
s.setsockopt(socket.IPPROTO_IP, socket.IP_HDRINCL, 1)
print('Listening on port', PORT)

# receive a package
while True:
    packet, address = s.recvfrom(65565)
    header = (packet[0] & 15) * 4
    if struct.unpack_from('!H', packet, header + 2)[0] == PORT:
        break
print('Sniffed', len(packet), 'bytes from', socket.inet_ntoa(packet[12:16]),
      'to', socket.inet_ntoa(packet[16:20]) + ':', packet[header + 8:].decode())
s.close()

data, addr = target.recvfrom(1024)
print('Received', repr(data), 'from', addr)
target.sendto(data.upper(), addr)
