"""Python's side of the names tests: reads a JSON list of [function, arguments], and prints a JSON list of outcomes.

Bytes are {"hex": "..."} in both directions. An outcome is {"value": ...} or {"failure": ...}, where a failure is
{"eai": n}, {"herror": n}, "oserror", or "refused" for any error about an invalid argument.
"""

import json
import socket
import sys


def decode(argument):
    if isinstance(argument, dict):
        return bytes.fromhex(argument["hex"])
    return tuple(map(decode, argument)) if isinstance(argument, list) else argument


def encode(value):
    if isinstance(value, bytes):
        return {"hex": value.hex()}
    if isinstance(value, (list, tuple)):
        return [encode(item) for item in value]
    return value


def outcome(function, arguments):
    try:
        return {"value": encode(getattr(socket, function)(*map(decode, arguments)))}
    except socket.gaierror as error:
        return {"failure": {"eai": error.errno}}
    except socket.herror as error:
        return {"failure": {"herror": error.errno}}
    except OSError:
        return {"failure": "oserror"}
    except (OverflowError, TypeError, ValueError):
        return {"failure": "refused"}


json.dump([outcome(*call) for call in json.load(sys.stdin)], sys.stdout)
