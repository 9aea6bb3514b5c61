"""Asks what Python does with addresses and lengths at and beyond their limits. Prints the name of each outcome.

Families that this kernel lacks are asked through a datagram socket of IPv4: Python writes the address before any system call.
"""
import json
import socket
import sys
import warnings

warnings.simplefilter('ignore')
udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)


def outcome(action):
    try:
        action()
    except OverflowError:
        return 'overflow'
    except ValueError:
        return 'value'
    except TypeError:
        return 'type'
    except OSError as error:
        return 'unnumbered' if error.errno is None else 'kernel'
    return 'done'


def connect(family, kind, protocol, address):
    s = socket.socket(family, kind, protocol, fileno=udp.dup().detach())
    return outcome(lambda: s.connect(tuple(address)))


def netlink(pid):
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW) as s:
        s.bind((pid, 0))
        return s.getsockname()[0]


question = json.load(sys.stdin)
answers = {
    'connect': [connect(*each) for each in question['connect']],
    'netlink': netlink(question['netlink']),
    'space': [outcome(lambda: socket.CMSG_SPACE(length)) for length in question['space']],
    'length': [outcome(lambda: socket.CMSG_LEN(length)) for length in question['length']],
}
json.dump(answers, sys.stdout)
