"""A TLS peer: `peer.py client <port> <folder>` or `peer.py server <folder>`.

The client sends a line and prints what it gets, with what it knows of the connection. The server answers one client in
upper case. Both verify the other's certificate.
"""

import json
import socket
import ssl
import sys


def context(purpose, folder, name):
    made = ssl.create_default_context(purpose, cafile=f"{folder}/ca.pem")
    made.verify_mode = ssl.CERT_REQUIRED
    made.load_cert_chain(f"{folder}/{name}.pem", f"{folder}/{name}-key.pem")
    made.set_alpn_protocols(["berkeley"])
    return made


def subject(connection):
    return dict(pair[0] for pair in connection.getpeercert()["subject"])["commonName"]


def client(port, folder):
    with socket.create_connection(("127.0.0.1", int(port))) as plain:
        made = context(ssl.Purpose.SERVER_AUTH, folder, "client")
        with made.wrap_socket(plain, server_hostname="localhost") as secure:
            secure.sendall(b"from Python\n")
            data = b""
            while piece := secure.recv(65536):
                data += piece
            known = [secure.version(), secure.selected_alpn_protocol(), subject(secure)]
            print(json.dumps({"data": data.decode(), "known": known}))


def server(folder):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        print("port", listener.getsockname()[1], flush=True)
        plain, address = listener.accept()
        made = context(ssl.Purpose.CLIENT_AUTH, folder, "server")
        with made.wrap_socket(plain, server_side=True) as secure:
            print("known", secure.version(), secure.selected_alpn_protocol(), subject(secure), flush=True)
            while data := secure.recv(65536):
                secure.sendall(data.upper())
            secure.unwrap()


globals()[sys.argv[1]](*sys.argv[2:])
