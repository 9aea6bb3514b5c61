"""Plays scenes with Python's socket.makefile: reads a JSON list of scenes, and prints the outcomes of their calls.

A scene has a mode, the options, what the peer sends (a list of hexadecimal pieces), and calls: [name, *arguments].
An outcome is {"value": ...}, bytes as {"hex": ...}, or {"failure": kind}. The last outcome is what the peer received.
"""

import io
import json
import socket
import sys
import threading
import time


def decode(argument):
    return bytes.fromhex(argument["hex"]) if isinstance(argument, dict) else argument


def encode(value):
    if isinstance(value, list):
        return [encode(item) for item in value]
    return {"hex": value.hex()} if isinstance(value, (bytes, bytearray)) else value


def into(file, size):
    memory = bytearray(size)
    count = file.readinto(memory)
    return memory[:count]


def call(file, name, arguments):
    if name == "lines":
        return list(file)
    if name == "readinto":
        return into(file, *arguments)
    if name == "writelines":
        return file.writelines([decode(line) for line in arguments[0]])
    return getattr(file, name)(*map(decode, arguments))


def outcome(file, name, arguments):
    try:
        return {"value": encode(call(file, name, arguments))}
    except UnicodeError:
        return {"failure": "encoding"}
    except (io.UnsupportedOperation, ValueError):
        return {"failure": "refused"}
    except TypeError:
        return {"failure": "type"}


def feed(peer, pieces):
    try:
        for piece in pieces:
            peer.sendall(bytes.fromhex(piece))
            time.sleep(0.0002)
        peer.shutdown(socket.SHUT_WR)
    except BrokenPipeError:
        pass  # the scene ended before everything was sent


def play(scene):
    here, peer = socket.socketpair()
    received = []
    drain = threading.Thread(target=lambda: received.extend(iter(lambda: peer.recv(65536), b"")))
    drain.start()
    feeder = threading.Thread(target=feed, args=(peer, scene["feed"]))
    feeder.start()
    file = here.makefile(scene["mode"], scene.get("buffering"), **scene["text"])
    outcomes = [outcome(file, name, arguments) for name, *arguments in scene["calls"]]
    here.close()
    try:
        file.close()
    except OSError:
        pass
    feeder.join()
    drain.join()
    return outcomes + [encode(b"".join(received))]


json.dump([play(scene) for scene in json.load(sys.stdin)], sys.stdout)
