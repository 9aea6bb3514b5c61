# A Unix stream server
import os
import socket
import sys

PATH = sys.argv[1]
with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as s:
    s.bind(PATH)
    s.listen(1)
    print('Listening on', PATH)
    conn, addr = s.accept()
    with conn:
        while True:
            data = conn.recv(1024)
            if not data: break
            print('Received', repr(data))
            conn.sendall(data)
os.unlink(PATH)
