"""Packs each address as a C program on its own platform does. JSON in, JSON out, bytes as hexadecimal."""
import json
import socket
import struct
import sys
import uuid


def system(address):
    # struct sockaddr_ctl of macOS: length, AF_SYSTEM, AF_SYS_CONTROL, number, unit, five reserved words.
    return struct.pack('<BBHII20x', 32, 32, 2, address['id'], address['unit'])


def hyperv(address):
    # SOCKADDR_HV of Windows: AF_HYPERV, a reserved word, two GUIDs.
    guids = [uuid.UUID(address[name]).bytes_le for name in ('vmId', 'serviceId')]
    return struct.pack('<HH16s16s', 34, 0, *guids)


def divert(address):
    # struct sockaddr_in of FreeBSD: length, AF_INET, port, host, and the interface's name in the zero padding.
    name = address['interface'].encode('latin1')
    return struct.pack('!BBH4s8s', 16, 2, address['port'], socket.inet_aton(address['host']), name)


families = {'system': system, 'hyperv': hyperv, 'divert': divert}
json.dump([families[address['family']](address).hex() for address in json.load(sys.stdin)], sys.stdout)
