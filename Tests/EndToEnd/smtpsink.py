"""Postfix's smtp-sink: a server that takes everything, writes down what it was told, and misbehaves on demand."""

import os

from peers import Daemon


class SMTPSink(Daemon):
    """`flags` as in smtp-sink(1). What it takes is in `dumps`: the envelope as X- headers, then the message as it came."""

    name = "smtp-sink"

    def __init__(self, place, *flags, folder="smtp-sink"):
        super().__init__(place, folder)
        self.flags = flags

    def start(self):
        kept = self.folder / "dumps"
        kept.mkdir(mode=0o755)
        self.uid = 8 if os.getuid() == 0 else os.getuid()
        self.own(kept)
        self.accounts("sink")
        command = [
            self.root / "usr/sbin/smtp-sink", "-c", "-h", "sink.example.test", "-d", f"{kept}/%H%M%S.", *self.flags,
            *(("-u", "sink") if os.getuid() == 0 else ()), f"127.0.0.1:{self.port}", "20",
        ]  # fmt: skip
        self.run(
            command,
            {
                "PATH": "/usr/bin:/bin",
                "LD_LIBRARY_PATH": f"{self.root}/usr/lib/postfix:{self.libraries}",
                "LD_PRELOAD": f"{self.libraries}/libnss_wrapper.so",
                **self.accounts("sink"),
            },
        )

    def dumps(self):
        """What was taken, as bytes, the oldest first."""
        return [path.read_bytes() for path in sorted((self.folder / "dumps").iterdir(), key=lambda p: p.stat().st_mtime)]
