"""Python's socketserver with the handlers of parity.test.ts: prints the calls and the replies."""
import json, os, re, socket, socketserver, sys, tempfile, threading, uuid

KINDS = {
    'TCPServer': (socketserver.TCPServer, socketserver.StreamRequestHandler),
    'UDPServer': (socketserver.UDPServer, socketserver.DatagramRequestHandler),
    'UnixStreamServer': (socketserver.UnixStreamServer, socketserver.StreamRequestHandler),
    'UnixDatagramServer': (socketserver.UnixDatagramServer, socketserver.DatagramRequestHandler),
}
LIMIT = 30


def camel(name):
    return re.sub('_(.)', lambda match: match[1].upper(), name)


def logging(kind, case, calls):
    """The server and handler classes of a case, which record their calls."""
    server_class, handler_class = KINDS[kind]

    class Server(server_class):
        def handle_error(self, request, client_address):
            calls.append('handleError ' + str(sys.exc_info()[1]))

        def verify_request(self, request, client_address):
            calls.append('verifyRequest')
            return case.get('verify', True)

        def handle_timeout(self):
            calls.append('handleTimeout')

    for name in ['process_request', 'finish_request', 'shutdown_request', 'close_request']:
        def method(self, *args, name=name):
            calls.append(camel(name))
            return getattr(server_class, name)(self, *args)
        setattr(Server, name, method)

    class Handler(handler_class):
        wbufsize = case.get('wbufsize', 0)

        def setup(self):
            calls.append('setup')
            if case.get('fail') == 'setup':
                raise Exception('setup')
            super().setup()

        def handle(self):
            calls.append('handle')
            for how in case['reads']:
                data = {
                    'line': lambda: self.rfile.readline(),
                    'limit': lambda: self.rfile.readline(3),
                    'bytes': lambda: self.rfile.read(4),
                    'rest': lambda: self.rfile.read(),
                    'lines': lambda: b'|'.join(self.rfile),
                }[how]()
                self.wfile.write(b'<' + data + b'>')
            if case.get('fail') == 'after':
                raise Exception('after')

        def finish(self):
            calls.append('finish')
            super().finish()
            if case.get('fail') == 'finish':
                raise Exception('finish')

    return Server, Handler


def address_of(kind, folder):
    if kind.startswith('Unix'):
        return os.path.join(folder, uuid.uuid4().hex)
    return ('127.0.0.1', 0)


def run(kind, case, folder):
    calls = []
    Server, Handler = logging(kind, case, calls)
    server = Server(address_of(kind, folder), Handler)
    if case.get('timeout'):
        server.timeout = case['timeout'] / 1000
        server.handle_request()
        server.server_close()
        return {'calls': calls, 'reply': ''}
    is_stream = issubclass(Server, socketserver.TCPServer) and not issubclass(Server, socketserver.UDPServer)
    client = socket.socket(server.address_family, server.socket_type)
    client.settimeout(LIMIT)
    if not is_stream:
        client.bind(address_of(kind, folder))
    client.connect(server.server_address)
    client.sendall(case['request'].encode())
    if is_stream:
        client.shutdown(socket.SHUT_WR)
    # The whole request is there before the server can end it.
    thread = threading.Thread(target=server.handle_request)
    thread.start()
    reply = b''
    if is_stream:
        try:
            while data := client.recv(65536):
                reply += data
        except ConnectionResetError:
            reply += b'(reset)'
    elif case.get('replies', True):
        reply = client.recv(65536)
    thread.join()
    client.close()
    server.server_close()
    return {'calls': calls, 'reply': reply.decode()}


question = json.load(sys.stdin)
with tempfile.TemporaryDirectory() as folder:
    print(json.dumps([run(kind, case, folder) for kind, case in question]))
