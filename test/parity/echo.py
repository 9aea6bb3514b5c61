"""An echo server or client over any transport, for one job after the other. It mirrors echo.ts line by line.

A job is a line of JSON on the standard input. A server prints {"listening": address} and at the end {"seen": [...]}.
A client prints only the latter. It has the length and SHA-256 of the sent and received data of each exchange, and the
address at each end.
"""

import hashlib
import json
import os
import socket
import sys
import threading


def to_python(address):
    if "path" in address:
        return address["path"]
    if "abstract" in address:
        return b"\0" + address["abstract"].encode()
    if "unnamed" in address:
        return ""
    return address["host"], address["port"]


def to_json(address):
    if isinstance(address, tuple):
        return {"host": address[0], "port": address[1]}
    if isinstance(address, bytes) and address[:1] == b"\0":
        return {"abstract": address[1:].decode()}
    return {"path": address} if address else {"unnamed": True}


def say(message):
    print(json.dumps(message), flush=True)


class Digest:
    """The data of one direction: its length, the number of pieces, and its digest."""

    def __init__(self):
        self.hash, self.length, self.pieces = hashlib.sha256(), 0, 0

    def add(self, data):
        self.hash.update(data)
        self.length += len(data)
        self.pieces += 1

    def report(self):
        return {"sha256": self.hash.hexdigest(), "length": self.length, "pieces": self.pieces}


class Job:
    """The job of this process, with Python's constants."""

    def __init__(self, line):
        told = json.loads(line)
        self.role, self.sizes = told["role"], told["sizes"]
        self.family, self.kind = getattr(socket, told["family"]), getattr(socket, told["type"])
        self.address, self.client = to_python(told["address"]), told.get("from")
        self.connects = self.kind != socket.SOCK_DGRAM
        self.piece = 65536 if self.kind == socket.SOCK_STREAM else 1 << 20

    def socket(self):
        return socket.socket(self.family, self.kind)


def exchange_as_server(job, listener):
    connection, peer = listener.accept()
    received = Digest()
    with connection:
        while data := connection.recv(job.piece):
            received.add(data)
            connection.sendall(data)
    return {"received": received.report(), "peer": to_json(peer)}


def answer_datagram(job, sock):
    received = Digest()
    data, peer = sock.recvfrom(job.piece)
    received.add(data)
    sock.sendto(data, peer)
    return {"received": received.report(), "peer": to_json(peer)}


def serve(job):
    with job.socket() as sock:
        sock.bind(job.address)
        if job.connects:
            sock.listen()
        say({"listening": to_json(sock.getsockname())})
        exchange = exchange_as_server if job.connects else answer_datagram
        return [exchange(job, sock) for _ in job.sizes]


def send_all_and_end(connection, payload):
    connection.sendall(payload)
    connection.shutdown(socket.SHUT_WR)


def exchange_as_client(job, payload):
    sent, received = Digest(), Digest()
    sent.add(payload)
    with job.socket() as connection:
        connection.connect(job.address)
        local = connection.getsockname()
        sender = threading.Thread(target=send_all_and_end, args=(connection, payload))
        sender.start()
        while data := connection.recv(job.piece):
            received.add(data)
        sender.join()
    return {"sent": sent.report(), "received": received.report(), "local": to_json(local)}


def exchange_datagram(job, sock, payload):
    sent, received = Digest(), Digest()
    sent.add(payload)
    sock.sendto(payload, job.address)
    data, _ = sock.recvfrom(job.piece)
    received.add(data)
    return {"sent": sent.report(), "received": received.report(), "local": to_json(sock.getsockname())}


def ask(job):
    payload = os.urandom(max(job.sizes))
    if job.connects:
        return [exchange_as_client(job, payload[:size]) for size in job.sizes]
    with job.socket() as sock:
        sock.bind(to_python(job.client))
        return [exchange_datagram(job, sock, payload[:size]) for size in job.sizes]


for line in sys.stdin:
    job = Job(line)
    say({"seen": serve(job) if job.role == "server" else ask(job)})
