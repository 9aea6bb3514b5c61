# SO_REUSEADDR: the same as reuse-address.ts
import socket
import sys

HOST = ''
PORT = int(sys.argv[1])   # 0 lets the kernel choose

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind((HOST, PORT))
s.listen(1)
PORT = s.getsockname()[1]
print('Listening on port', PORT)
conn, addr = s.accept()
with conn:
    data = conn.recv(1024)
    conn.sendall(data, socket.MSG_MORE)
    conn.shutdown(socket.SHUT_WR)   # first: this end keeps the TIME_WAIT
    conn.recv(1024)
s.close()

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
try:
    s.bind((HOST, PORT))
    print('Without SO_REUSEADDR: the port was free')
except OSError as msg:
    print('Without SO_REUSEADDR:', msg)
s.close()

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind((HOST, PORT))
s.listen(1)
print('With SO_REUSEADDR: listening again on port', s.getsockname()[1])
s.close()
