"""Small servers for checks that need an answer, not a mail system."""

import contextlib
import socketserver
import threading


class LoopbackServer:
    """A server of a few lines on a free port of 127.0.0.1, one thread a client; runs while its context is open."""

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), self.Handler)
        self.port = self.server_address[1]

    def __enter__(self):
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()


class NextHop(LoopbackServer, socketserver.ThreadingTCPServer):
    """The server behind the gateway: takes mail for anybody, puts `later` off and does not want `bounced`."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            with contextlib.suppress(OSError):
                self.say("220 inside.example.test ESMTP")
                while line := self.rfile.readline():
                    verb = line.strip().upper()
                    if verb == b"DATA":
                        self.say("354 go ahead")
                        while self.rfile.readline() not in (b".\r\n", b""):
                            pass
                        self.say(self.server.accepted)
                    elif verb.startswith(b"RCPT TO:<LATER@"):
                        self.say("451 4.3.0 the mailbox is being moved, come back later")
                    elif verb.startswith(b"RCPT TO:<BOUNCED@"):
                        self.say("550 5.2.1 this mailbox takes no mail")
                    elif verb == b"QUIT":
                        self.say("221 2.0.0 bye")
                        return
                    else:
                        self.say("250 2.0.0 ok")

        def say(self, text):
            self.wfile.write(text.encode() + b"\r\n")

    def __init__(self, accepted="250 2.0.0 kept"):
        super().__init__()
        self.accepted = accepted


class Sink(LoopbackServer, socketserver.ThreadingTCPServer):
    """A server that says `250` to everything and remembers what it heard."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            with contextlib.suppress(OSError):
                self.wfile.write(b"220 sink.example.test ESMTP\r\n")
                while line := self.rfile.readline():
                    self.server.received += line
                    if line.upper().startswith(b"QUIT"):
                        self.wfile.write(b"221 2.0.0 bye\r\n")
                        return
                    self.wfile.write(b"250 2.0.0 ok\r\n")

    def __init__(self):
        super().__init__()
        self.received = b""


class NoNames(LoopbackServer, socketserver.ThreadingUDPServer):
    """A name server that knows no name, so that no check asks one outside."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self):
            message, reply = self.request
            end = 12
            while message[end]:
                end += 1 + message[end]
            answer = message[:2] + b"\x81\x83" + message[4:6] + bytes(6) + message[12 : end + 5]
            reply.sendto(answer, self.client_address)
