"""A server on Debian's aiosmtpd: an independent reading of the RFCs, which gives back every byte that it took."""

import base64
import json
import pathlib
import sys

from peers import Daemon


class Keeper(Daemon):
    """Options: `lmtp`, `proxy` (wants a PROXY header), `password` (of `probe`), `tls` (demands STARTTLS)."""

    name = "aiosmtpd"

    def __init__(self, place, folder="keeper", tls=False, **options):
        super().__init__(place, folder)
        self.options = options
        if tls:
            self.options |= {"certificate": self.certificate.path, "key": self.certificate.key}

    def start(self):
        script = pathlib.Path(__file__).with_name("keeper.py")
        environment = {
            "PATH": "/usr/bin:/bin",
            "PYTHONPATH": str(self.root / "usr/lib/python3/dist-packages"),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        ready = (lambda: "listen" if self.is_listening() else None) if "proxy" in self.options else None
        command = [sys.executable, script, self.port, self.folder / "kept", json.dumps(self.options)]
        self.run(command, environment, ready)

    def is_listening(self):
        """Whether the port is taken: who wants a PROXY header first does not greet."""
        return any(f":{self.port:04X} 00000000:0000 0A" in line for line in open("/proc/net/tcp"))

    def kept(self):
        """What it took, the oldest first; `content` as bytes."""
        path = self.folder / "kept"
        rows = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
        return [row | {"content": base64.b64decode(row["content"])} for row in rows]
