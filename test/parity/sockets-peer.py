"""Python's side of the parity tests (ours is sockets-ours.ts): reads scripts, and prints the outcome of each call.

A script is a list of steps, a step is [call, *arguments]. A call is "[names =] [socket.]method". Arguments are JSON,
except that a string is a constant ("SOCK_STREAM|SOCK_NONBLOCK") and an object is {"of": name}, {"text": ...},
{"hex": ...}, {"zeros": n}, {"room": n} or an address. An outcome is {"value": ...}, {"error": class, "errno": n} or
"refused", which stands for any error about an invalid argument.
"""

import errno
import json
import os
import socket
import sys
import tempfile

PLAIN = "OSError"
CLASSES = {
    "BlockingIOError": "BlockingError",
    "FileNotFoundError": PLAIN,
    "NotADirectoryError": PLAIN,
    "gaierror": "ResolverError",
}


def constant(text):
    value = 0
    for name in text.split("|"):
        value |= getattr(socket, name)
    return value


def address_of(given):
    if "host" in given:
        scoped = (given.get("flowinfo", 0), given.get("scopeId", 0)) if "flowinfo" in given or "scopeId" in given else ()
        return (given["host"], given["port"], *scoped)
    if "path" in given:
        return given["path"]
    if "pathHex" in given:
        return bytes.fromhex(given["pathHex"])
    return "" if "unnamed" in given else b"\0" + bytes.fromhex(given["abstractHex"])


def address_json(address):
    if isinstance(address, tuple):
        return dict(zip(("host", "port", "flowinfo", "scopeId"), address))
    if address is None:
        return None
    name = os.fsencode(address)
    if name[:1] == b"\0":
        return {"abstractHex": name[1:].hex()}
    return {"pathHex": name.hex()} if name else {"unnamed": True}


class Script:
    """The state of a running script: its named sockets and values."""

    def __init__(self):
        self.names = {}

    def argument(self, given):
        if isinstance(given, str):
            return constant(given)
        if not isinstance(given, dict):
            return given
        if "of" in given:
            return self.names[given["of"]]
        if "text" in given:
            return given["text"].encode()
        if "hex" in given:
            return bytes.fromhex(given["hex"])
        if "zeros" in given:
            return bytes(given["zeros"])
        if "room" in given:
            return bytearray(given["room"])
        return address_of(given)

    def run(self, call, arguments):
        names, _, call = call.rpartition(" = ")
        on, _, method = call.rpartition(".")
        arguments = [self.argument(given) for given in arguments]
        if on == "":
            result = FUNCTIONS[method](*arguments) if method in FUNCTIONS else getattr(socket, method)(*arguments)
        elif method in METHODS:
            result = METHODS[method](self.names[on], *arguments)
        else:
            result = getattr(self.names[on], method)(*arguments)
        if names == "":
            return shape(method, result, arguments)
        if method == "accept":
            self.names[names], peer = result
            return address_json(peer)
        if method == "socketpair":
            self.names.update(zip(names.split(", "), result))
            return None
        self.names[names] = result
        return shape(method, result, arguments)

    def step(self, call, *arguments):
        try:
            return {"value": self.run(call, arguments)}
        except TimeoutError as error:  # Python's own, which has no errno, and the kernel's
            return {"error": "TimeoutError", "errno": error.errno or errno.ETIMEDOUT}
        except OSError as error:
            name = type(error).__name__
            return {"error": CLASSES.get(name, name), "errno": error.errno}
        except (OverflowError, TypeError, ValueError):
            return "refused"

    def close(self):
        for value in self.names.values():
            if isinstance(value, socket.socket):
                value.close()
        socket.setdefaulttimeout(None)


def shape(method, result, arguments):
    """The outcome of a call, as JSON."""
    if isinstance(result, socket.socket) or method == "open_file":
        return None
    if method in ("fileno", "detach"):
        return min(result, 0)
    if method in ("recv_into", "recvfrom_into"):
        count, *sender = result if isinstance(result, tuple) else (result,)
        return [count, bytes(arguments[0]).hex(), *map(address_json, sender)]
    if method in ("getsockname", "getpeername"):
        return address_json(result)
    if method == "recvfrom":
        return [result[0].hex(), address_json(result[1])]
    return {"hex": result.hex()} if isinstance(result, bytes) else result


def flags(sock):
    with open(f"/proc/self/fdinfo/{sock.fileno()}") as info:
        return int(next(line for line in info if line.startswith("flags")).split()[1], 8)


def fill(sock):
    """Sends until the buffers are full."""
    timeout = sock.gettimeout()
    sock.setblocking(False)
    try:
        while True:
            sock.send(bytes(65536))
    except BlockingIOError:
        pass
    sock.settimeout(timeout)


FUNCTIONS = {
    "adopt": lambda fd: socket.socket(fileno=fd),
    "duplicate": lambda sock: socket.fromfd(sock.fileno(), sock.family, sock.type, sock.proto),
    "open_file": lambda: os.open("/dev/null", os.O_RDONLY),
    "close_file": os.close,
}
METHODS = {
    "family": lambda sock: int(sock.family),
    "type": lambda sock: int(sock.type),
    "proto": lambda sock: sock.proto,
    "is_closed": lambda sock: sock.fileno() == -1,
    "is_nonblocking": lambda sock: bool(flags(sock) & os.O_NONBLOCK),
    "is_cloexec": lambda sock: bool(flags(sock) & os.O_CLOEXEC),
    "fill": fill,
    "getsockopt_length": lambda sock, *arguments: len(sock.getsockopt(*arguments)),
    "setsockopt_null": lambda sock, level, name, length: sock.setsockopt(level, name, None, length),
}


def play(steps):
    script = Script()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            return [script.step(*step) for step in steps]
        finally:
            script.close()
            os.chdir("/")


json.dump([play(steps) for steps in json.load(sys.stdin)], sys.stdout)
