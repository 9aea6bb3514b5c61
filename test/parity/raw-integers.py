"""Reads options as integers. The input is [[family, type], ...] and [[level, [name, ...]], ...]."""
import json
import socket
import sys


def ask(s, level, name):
    try:
        return s.getsockopt(level, name)
    except OSError as error:
        return {'errno': error.errno}


question = json.load(sys.stdin)
answers = []
for family, kind in question['kinds']:
    with socket.socket(family, kind) as s:
        answers.append([[ask(s, level, name) for name in names] for level, names in question['levels']])
json.dump(answers, sys.stdout)
