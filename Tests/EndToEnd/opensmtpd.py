"""A real OpenSMTPD."""

import os

from harness import Skipped
from rooted import Rooted
from sinks import NextHop


class OpenSMTPD(Rooted):
    """OpenSMTPD as the gateway of example.test: hands on what `user`, `later` and `bounced` get, and knows nobody else."""

    name = "OpenSMTPD"
    users = ("opensmtpd", "opensmtpq")

    def __init__(self, place):
        if os.getuid() != 0:
            raise Skipped("OpenSMTPD becomes two accounts of its own, one a process, which takes root")
        super().__init__(place, "opensmtpd")

    def start(self):
        next_hop = self.place.enter(NextHop())
        self.furnish()
        (self.jail / "var/lib/opensmtpd/empty").mkdir(parents=True, mode=0o755)
        self.etc(
            "smtpd.conf",
            f"""\
table known {{ "user@example.test", "later@example.test", "bounced@example.test" }}
listen on 127.0.0.1 port {self.port} hostname mx.example.test
action onward relay host "smtp://127.0.0.1:{next_hop.port}"
match from any for rcpt-to <known> action onward
""",
        )
        self.enter("/usr/sbin/smtpd", "-F", "-f", "/etc/smtpd.conf")
