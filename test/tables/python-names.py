# The release of Python and the constants of its socket module, as JSON.
import json
import socket
import sys

FOREIGN = {'EBADF', 'EAGAIN', 'EWOULDBLOCK'}  # of the module errno

numbers = {
    name: int(value)
    for name, value in vars(socket).items()
    if name[0].isupper() and isinstance(value, int) and not isinstance(value, bool) and name not in FOREIGN
}
texts = {name: value for name, value in vars(socket).items() if name.startswith('BDADDR_') and isinstance(value, str)}
version = '.'.join(map(str, sys.version_info[:2]))
print(json.dumps({'version': version, 'names': {**numbers, **texts}}))
