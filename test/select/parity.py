"""Prints what Python's select, poll and epoll report of the descriptors that this process inherited.

stdin: {"fds": [...], "masks": [...]}; stdout: for each descriptor [select, polls, epolls], where a poll that reports
nothing is 0, and an epoll that refuses the descriptor null.
"""
import json
import select
import sys

question = json.load(sys.stdin)


def selected(fd):
    return [len(ready) for ready in select.select([fd], [fd], [fd], 0)]


def exceptional_only(fd):
    return len(select.select([], [], [fd], 0)[2])


def polled(fd, mask):
    poller = select.poll()
    poller.register(fd, mask)
    return dict(poller.poll(0)).get(fd, 0)


def epolled(fd, mask):
    with select.epoll() as poller:
        try:
            poller.register(fd, mask)
        except PermissionError:
            return None
        return dict(poller.poll(0)).get(fd, 0)


print(json.dumps([
    [
        selected(fd),
        exceptional_only(fd),
        [polled(fd, mask) for mask in question["masks"]],
        [epolled(fd, mask) for mask in question["masks"]],
    ]
    for fd in question["fds"]
]))
