# Passes open files to another process, over a Unix socket
import array
import os
import socket


def recv_fds(sock, msglen, maxfds):
    fds = array.array("i")   # Array of ints
    msg, ancdata, flags, addr = sock.recvmsg(msglen, socket.CMSG_LEN(maxfds * fds.itemsize))
    for cmsg_level, cmsg_type, cmsg_data in ancdata:
        if (cmsg_level == socket.SOL_SOCKET and cmsg_type == socket.SCM_RIGHTS):
            # Append data, ignoring any truncated integers at the end.
            fds.frombytes(cmsg_data[:len(cmsg_data) - (len(cmsg_data) % fds.itemsize)])
    return msg, list(fds)


def send_fds(sock, msg, fds):
    return sock.sendmsg([msg], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", fds))])


ours, theirs = socket.socketpair()
if os.fork() == 0:
    msg, fds = recv_fds(theirs, 100, 2)
    print('The child was handed', len(fds), 'descriptors, "' + msg.decode() + '":')
    for fd in fds:
        print(' ', os.read(fd, 100).decode().split('\n')[0])
        os.close(fd)
else:
    files = [os.open(path, os.O_RDONLY) for path in ('/etc/passwd', '/proc/sys/kernel/ostype')]
    send_fds(ours, b'two files', files)
    os.wait()
