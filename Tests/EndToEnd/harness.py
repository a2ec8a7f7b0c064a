"""The frame of the end-to-end checks: named checks, a private place for each, how one fails or is skipped."""

import contextlib
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import time

from sinks import NoNames


class Failure(Exception):
    """What was wanted and did not hold, as a sentence; `evidence` is a screen or an output that shows it."""

    def __init__(self, sentence, evidence=""):
        super().__init__(sentence)
        self.evidence = evidence


class Skipped(Exception):
    """Why a check could not be run here, as a sentence. A skipped check is counted and named, never silent."""


CHECKS = []


def check(sentence):
    """Registers a function of one `Place` as a check; `sentence` says what holds when it passes."""

    def register(function):
        CHECKS.append((sentence, function))
        return function

    return register


def expect(holds, sentence, evidence=""):
    if not holds:
        raise Failure(sentence, evidence)


def until(condition, seconds, sentence, evidence=lambda: ""):
    """Waits for `condition()` to give something true, and gives it back."""
    limit = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > limit:
            raise Failure(f"{sentence} (waited {seconds} s)", evidence())
        time.sleep(0.03)


class Outcome:
    """A finished command: its exit code and what it printed, as text."""

    def __init__(self, arguments, status, out, err, seconds):
        self.arguments, self.status, self.out, self.err, self.seconds = arguments, status, out, err, seconds

    @property
    def evidence(self):
        shown = " ".join(self.arguments)
        return f"$ porthole {shown}\nexit {self.status} after {self.seconds:.1f} s\n--- out\n{self.out}\n--- err\n{self.err}"

    def json(self):
        """Standard output as one JSON value."""
        try:
            return json.loads(self.out)
        except ValueError:
            raise Failure("the output is one JSON value", self.evidence) from None

    def json_lines(self):
        try:
            return [json.loads(line) for line in self.out.splitlines() if line]
        except ValueError:
            raise Failure("every line of the output is JSON", self.evidence) from None


def reachable_folder():
    """The folder for temporary files; /tmp when root's own one is closed to the users that servers turn into."""
    folder = pathlib.Path(tempfile.gettempdir()).resolve()
    closed = any(not parent.stat().st_mode & 0o001 for parent in (folder, *folder.parents))
    return "/tmp" if closed and os.getuid() == 0 else str(folder)


class Place:
    """A private folder for one check, with a home of its own; gone when the check is over."""

    def __init__(self, binary, peers, repository):
        self.binary = str(binary)
        self.peers = peers
        self.repository = repository
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="porthole-e2e-", dir=reachable_folder()))
        # The servers' unprivileged halves have to reach their own folders below this one.
        self.folder.chmod(0o755)
        self.stack = contextlib.ExitStack()
        self.names = None
        #: A check that wants the system's own name server says so.
        self.asks_system = False
        for name in ("home", "state", "config", "tmp"):
            (self.folder / name).mkdir(mode=0o700)

    @property
    def state(self):
        return self.folder / "state" / "porthole" / "sessions"

    @property
    def left_over(self):
        """What the program left in the folder for temporary files."""
        return [str(path) for path in (self.folder / "tmp").iterdir()]

    @property
    def environment(self):
        """Nothing of the caller's environment but the way to the programs."""
        return {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "HOME": str(self.folder / "home"),
            "TMPDIR": str(self.folder / "tmp"),
            "XDG_STATE_HOME": str(self.folder / "state"),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "LC_ALL": "C.UTF-8",
            "TERM": "tmux-256color",
            "SWIFT_BACKTRACE": "enable=no",
        }

    def on_loopback(self, arguments):
        """The arguments of a dashboard, with a name server of ours where they name none."""
        arguments = [str(argument) for argument in arguments]
        if arguments[:1] in (["demo"], ["replay"]) or "--resolver" in arguments or self.asks_system:
            return arguments
        if self.names is None:
            self.names = self.enter(NoNames())
        return [*arguments, "--resolver", f"127.0.0.1:{self.names.port}"]

    def path(self, name):
        return str(self.folder / name)

    def write(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    def enter(self, manager):
        """Opens a context manager that ends with the check."""
        return self.stack.enter_context(manager)

    def porthole(self, *arguments, seconds=30, text=""):
        """Runs the program with no terminal, controlling or other."""
        began = time.monotonic()
        arguments = [str(argument) for argument in arguments]
        try:
            done = subprocess.run(
                [self.binary, *arguments],
                env=self.environment,
                cwd=self.folder,
                input=text.encode(),
                capture_output=True,
                timeout=seconds,
                start_new_session=True,
            )
        except subprocess.TimeoutExpired as late:
            out = (late.stdout or b"").decode(errors="replace")
            raise Failure(f"porthole {' '.join(arguments)} ends within {seconds} s", out) from None
        return Outcome(
            arguments,
            done.returncode,
            done.stdout.decode(errors="replace"),
            done.stderr.decode(errors="replace"),
            time.monotonic() - began,
        )

    def close(self):
        try:
            self.stack.close()
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)
