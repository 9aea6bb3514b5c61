"""Runs operations of the kernel's cryptography, given as JSON, and prints each result: hexadecimal, or an errno."""
import errno
import json
import socket
import sys


def run(question):
    with socket.socket(socket.AF_ALG, socket.SOCK_SEQPACKET, 0) as algorithm:
        algorithm.bind((question['type'], question['name']))
        if 'key' in question:
            algorithm.setsockopt(socket.SOL_ALG, socket.ALG_SET_KEY, bytes.fromhex(question['key']))
        if 'tag' in question:
            algorithm.setsockopt(socket.SOL_ALG, socket.ALG_SET_AEAD_AUTHSIZE, None, question['tag'])
        operation, _ = algorithm.accept()
        with operation:
            data = [bytes.fromhex(piece) for piece in question['data']]
            if 'op' in question:
                keys = {'iv': bytes.fromhex(question['iv'])} if 'iv' in question else {}
                if 'assoclen' in question:
                    keys['assoclen'] = question['assoclen']
                operation.sendmsg_afalg(data, op=question['op'], **keys)
            else:
                for piece in data:
                    operation.sendall(piece)
            return operation.recv(question['size']).hex()


def answer(question):
    try:
        return run(question)
    except OSError as error:
        return errno.errorcode[error.errno]


json.dump([answer(question) for question in json.load(sys.stdin)], sys.stdout)
