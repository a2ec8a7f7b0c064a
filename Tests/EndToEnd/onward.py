"""The server behind the gateway, which writes down what the gateway hands on: what the gateway really understood."""

import contextlib
import socketserver

from sinks import LoopbackServer


class Onward(LoopbackServer, socketserver.ThreadingTCPServer):
    """Takes everything, offers 8BITMIME, SMTPUTF8 and DSN; `commands` are its lines, `messages` the bytes, unstuffed."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            with contextlib.suppress(OSError):
                self.wfile.write(b"220 inside.example.test ESMTP\r\n")
                while line := self.rfile.readline():
                    self.server.commands.append(line.rstrip(b"\r\n").decode())
                    verb = line[:4].upper()
                    if verb == b"EHLO":
                        self.wfile.write(b"250-inside.example.test\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 DSN\r\n")
                    elif verb == b"DATA":
                        self.wfile.write(b"354 go ahead\r\n")
                        message = b""
                        while (line := self.rfile.readline()) not in (b".\r\n", b""):
                            message += line[1:] if line.startswith(b".") else line
                        self.server.messages.append(message)
                        self.wfile.write(b"250 2.0.0 kept\r\n")
                    elif verb == b"QUIT":
                        self.wfile.write(b"221 2.0.0 bye\r\n")
                        return
                    else:
                        self.wfile.write(b"250 2.0.0 ok\r\n")

    def __init__(self):
        super().__init__()
        self.commands, self.messages = [], []
