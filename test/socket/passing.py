"""The peer of descriptors-python.test.ts, over the socket that it inherits as descriptor 3.

It reads one JSON message per line: {"do": "receive", "most": n} reports what has arrived, {"do": "send", "data": text}
sends the text with one descriptor of each kind.
"""
import array
import json
import os
import socket
import stat
import struct
import sys
import tempfile

peer = socket.socket(fileno=3)
peer.settimeout(20)
peer.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
UCRED = struct.Struct("iII")


def say(message):
    print(json.dumps(message), flush=True)


def read_and_close(fd):
    try:
        regular = stat.S_ISREG(os.fstat(fd).st_mode)
        return (os.pread(fd, 100, 0) if regular else os.read(fd, 100)).decode()
    finally:
        os.close(fd)


def receive(most):
    fds = array.array("i")
    credentials = None
    space = socket.CMSG_SPACE(most * fds.itemsize) + socket.CMSG_SPACE(UCRED.size)
    data, control, flags, _ = peer.recvmsg(100, space)
    for level, kind, value in control:
        assert level == socket.SOL_SOCKET
        if kind == socket.SCM_RIGHTS:
            fds.frombytes(value)
        if kind == socket.SCM_CREDENTIALS:
            credentials = UCRED.unpack(value)
    say({"data": data.decode(), "texts": [read_and_close(fd) for fd in fds], "credentials": credentials, "flags": flags})


def send(data):
    file = tempfile.TemporaryFile()
    file.write(b"from a file of Python's")
    file.flush()
    source, sink = os.pipe()
    os.write(sink, b"from a pipe of Python's")
    near, far = socket.socketpair()
    far.sendall(b"from a socket of Python's")
    memory = os.memfd_create("python")
    os.write(memory, b"from a memfd of Python's")
    fds = [file.fileno(), source, near.fileno(), memory]
    own = UCRED.pack(os.getpid(), os.geteuid(), os.getegid())
    rights = (socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", fds))
    # Explicit credentials first, then those that the kernel adds only because of the receiver's SO_PASSCRED.
    peer.sendmsg([data.encode()], [(socket.SOL_SOCKET, socket.SCM_CREDENTIALS, own), rights])
    socket.send_fds(peer, [data.encode()], fds)
    for fd in (source, sink, memory):
        os.close(fd)
    for thing in (file, near, far):
        thing.close()
    say({"credentials": [os.getpid(), os.geteuid(), os.getegid()]})


for line in sys.stdin:
    job = json.loads(line)
    if job["do"] == "receive":
        receive(job["most"])
    else:
        send(job["data"])
