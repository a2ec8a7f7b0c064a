"""The /dev/log of a server that has a root of its own: what it says becomes lines of a file, as a syslog daemon writes them."""

import contextlib
import os
import re
import socket
import threading

#: `<22>Feb  2 10:00:00 smtpd[66]: words`: glibc names no host, a log file does.
FRAME = re.compile(rb"<\d+>(\w{3} [ \d]\d \d\d:\d\d:\d\d) (.*)", re.DOTALL)


class SystemLog:
    """A datagram socket at `path`, whose messages are appended to the file `log`; runs while its context is open."""

    def __init__(self, path, log, host="mx"):
        self.path, self.log, self.host = str(path), str(log), host.encode()

    def __enter__(self):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        # A path of a socket may have 108 bytes: a long one is reached by way of its folder.
        folder = os.open(os.path.dirname(self.path), os.O_PATH)
        try:
            self.socket.bind(f"/proc/self/fd/{folder}/{os.path.basename(self.path)}")
        finally:
            os.close(folder)
        os.chmod(self.path, 0o666)
        open(self.log, "ab").close()
        self.thread = threading.Thread(target=self.write, daemon=True)
        self.thread.start()
        return self

    def write(self):
        with open(self.log, "ab", buffering=0) as log, contextlib.suppress(OSError):
            while message := self.socket.recv(1 << 16):
                stamp, words = FRAME.fullmatch(message.rstrip(b"\n\0")).groups()
                log.write(b"%s %s %s\n" % (stamp, self.host, words))

    def __exit__(self, *_):
        # An empty message ends the thread.
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as end:
            self.socket.shutdown(socket.SHUT_RD)
        self.socket.close()
