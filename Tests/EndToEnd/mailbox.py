"""A server that keeps what it was sent, byte for byte, and can be told how it reads line ends and when it has had enough."""

import contextlib
import re
import socketserver
import threading

from sinks import LoopbackServer


class Mailbox(LoopbackServer, socketserver.ThreadingTCPServer):
    """Takes mail for anybody.

    `end` is the pattern that ends a message; a server open to smuggling has a wider one than the RFC's. `limit` is how many messages
    it takes before it says 450 to MAIL; `keywords` follow its EHLO; `strict` refuses messages with bare CR or LF.
    """

    class Handler(socketserver.BaseRequestHandler):
        def handle(self):
            self.rest = b""
            with contextlib.suppress(OSError, EOFError):
                self.say("220 mailbox.example.test ESMTP")
                while True:
                    line = self.take(self.server.line)[0]
                    self.server.commands.append(line)
                    verb = line.split(b" ")[0].split(b":")[0].upper()
                    if verb == b"EHLO":
                        lines = ["mailbox.example.test", *self.server.keywords]
                        for number, text in enumerate(lines):
                            self.say(f"250{'-' if number + 1 < len(lines) else ' '}{text}")
                    elif verb == b"MAIL" and self.server.is_full():
                        self.say("450 4.7.1 slow down")
                    elif verb == b"DATA":
                        self.say("354 go on")
                        # The line end of DATA itself is the one before a dot that comes at once, RFC 5321 §4.1.1.4.
                        self.rest = b"\r\n" + self.rest
                        text, end = self.take(self.server.end)
                        self.keep(text[2:], end)
                    elif verb == b"QUIT":
                        self.say("221 2.0.0 bye")
                        return
                    else:
                        self.say("250 2.0.0 ok")

        def keep(self, text, end):
            whole = text + end
            if self.server.strict and re.search(rb"\r(?!\n)|(?<!\r)\n", whole):
                return self.say("550 5.6.11 bare CR or LF")
            with self.server.lock:
                self.server.messages.append(text)
                number = len(self.server.messages)
            self.say(f"250 2.0.0 Ok: queued as {number:05X}")

        def take(self, pattern):
            while not (found := pattern.search(self.rest)):
                more = self.request.recv(1 << 16)
                if not more:
                    raise EOFError
                self.rest += more
            text, end = self.rest[: found.start()], found.group()
            self.rest = self.rest[found.end() :]
            return text, end

        def say(self, text):
            self.request.sendall(text.encode() + b"\r\n")

    line = re.compile(rb"\r?\n")
    request_queue_size = 64

    def __init__(self, end=rb"\r\n\.\r\n", keywords=("PIPELINING", "8BITMIME", "SIZE"), limit=None, strict=False):
        super().__init__()
        self.end, self.keywords, self.limit, self.strict = re.compile(end), keywords, limit, strict
        self.commands, self.messages, self.lock = [], [], threading.Lock()

    def is_full(self):
        return self.limit is not None and len(self.messages) >= self.limit

    @property
    def last(self):
        """The latest message as a receiver has it: doubled dots undone, the end's CRLF given back."""
        return re.sub(rb"(^|\r\n)\.", rb"\1", self.messages[-1]) + b"\r\n"
