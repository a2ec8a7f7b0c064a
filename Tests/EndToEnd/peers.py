"""Real mail servers on loopback: Debian's Postfix and Exim as .ci/peers unpacked them, each in a private folder.

They run as whoever runs the checks. Postfix insists on root and on accounts of its own; the nss and uid wrappers of the
Samba project give it both inside its own processes only, so that no right and no account of the machine is touched.
"""

import contextlib
import functools
import os
import pathlib
import random
import signal
import socket
import subprocess

from harness import Failure, Skipped, until

#: No server outlives this, whatever happens to the one who started it.
LIFETIME = 240


#: Below the ports that the system gives to clients: one of those might take it before the server does.
_ports = iter(random.sample(range(20_000, 32_000), 12_000))


def free_port():
    """A port on loopback on which nobody listens, and which nobody gets twice."""
    for port in _ports:
        with contextlib.suppress(OSError), socket.socket() as listener:
            listener.bind(("127.0.0.1", port))
            return port
    raise Skipped("no port is free here between 20000 and 32000")


def answers(port):
    """Whether somebody greets on `port`."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
            return connection.recv(4).startswith(b"220")
    except OSError:
        return False


class Certificate:
    """A key and a certificate that nobody signed, for mx.example.test and 127.0.0.1."""

    def __init__(self, folder):
        self.path, self.key = str(folder / "certificate.pem"), str(folder / "key.pem")
        subprocess.run(
            [
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=mx.example.test",
                "-addext",
                "subjectAltName=DNS:mx.example.test,IP:127.0.0.1",
                "-keyout",
                self.key,
                "-out",
                self.path,
            ],
            check=True,
            capture_output=True,
            timeout=30,
        )
        os.chmod(self.key, 0o644)


class Daemon:
    """A server process in a session and a folder of its own; ended by its own process id."""

    name = "the server"

    def __init__(self, place, folder):
        if place.peers is None:
            raise Skipped("no --peers DIR was given; .ci/peers DIR fetches the mail servers")
        self.root = pathlib.Path(place.peers) / "root"
        if not self.root.is_dir():
            raise Skipped(f"{self.root} is not there; .ci/peers fetches the mail servers")
        self.folder = place.folder / folder
        self.folder.mkdir(mode=0o755)
        self.log = str(self.folder / "mail.log")
        self.port = free_port()
        libraries = sorted((self.root / "usr/lib").glob("*-linux-gnu"))
        if not libraries:
            raise Skipped(f"{self.root} holds no libraries; remove it and run .ci/peers again")
        self.libraries = libraries[0]

    @functools.cached_property
    def certificate(self):
        return Certificate(self.folder)

    def write(self, name, text, mode=0o644):
        path = self.folder / name
        path.write_text(text)
        path.chmod(mode)
        return path

    def accounts(self, name, *groups):
        """Accounts that only this server sees: its own user, with an id that it may take."""
        uid = 8 if os.getuid() == 0 else os.getuid()
        self.uid = uid
        self.write(
            "passwd",
            f"root:x:0:0:root:/:/bin/false\n{name}:x:{uid}:{uid}::/:/bin/false\nnobody:x:65534:65534:nobody:/:/bin/false\n",
        )
        lines = [f"root:x:0:", f"{name}:x:{uid}:", "nogroup:x:65534:"]
        lines += [f"{group}:x:{uid + 1 + number}:" for number, group in enumerate(groups)]
        self.write("group", "\n".join(lines) + "\n")
        return {"NSS_WRAPPER_PASSWD": str(self.folder / "passwd"), "NSS_WRAPPER_GROUP": str(self.folder / "group")}

    def own(self, *folders):
        """Gives folders to the server's own user, where that takes a change."""
        if os.getuid() == 0:
            for folder in folders:
                os.chown(folder, self.uid, self.uid)

    def run(self, command, environment, is_ready=None):
        """Starts the server, and waits until it greets, or until `is_ready()`."""
        is_ready = is_ready or (lambda: answers(self.port))
        self.output = open(self.folder / "output", "wb")
        self.process = subprocess.Popen(
            ["timeout", "-k", "5", str(LIFETIME), "setsid", *map(str, command)],
            env=environment,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=self.output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            until(
                lambda: self.process.poll() is not None or is_ready(),
                20,
                f"{self.name} is up on port {self.port}",
                self.story,
            )
            if self.process.poll() is not None:
                raise Failure(f"{self.name} stays up (it ended with {self.process.returncode})", self.story())
        except BaseException:
            self.stop()
            raise

    def stop(self):
        # `timeout` hands SIGTERM on to the server, which ends its own children.
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(timeout=8)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait(timeout=5)
        self.output.close()

    def story(self):
        """What the server printed and logged, for a failure."""
        texts = []
        for path in (self.folder / "output", pathlib.Path(self.log)):
            if path.exists():
                texts.append(f"--- {path.name}\n{path.read_text(errors='replace')}")
        return "\n".join(texts)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()
