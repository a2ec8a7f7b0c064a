"""A terminal that a check can type into and look at: one window of a tmux server of its own."""

import itertools
import shlex
import subprocess
import time

from harness import Failure, until

_numbers = itertools.count(1)

PROMPT = "READY$"

#: How long a lone Escape has to stand before the program may take it for one.
ESCAPE = 0.2


class Terminal:
    """A shell in a window of `columns` x `rows`; leaving the context ends exactly this tmux server."""

    def __init__(self, place, columns=80, rows=24, seconds=120):
        self.place, self.columns, self.rows, self.seconds = place, columns, rows, seconds
        self.socket = place.path(f"tmux-{next(_numbers)}")

    def tmux(self, *arguments):
        done = subprocess.run(
            ["tmux", "-S", self.socket, "-f", "/dev/null", "-u", *arguments],
            env=self.place.environment,
            capture_output=True,
            timeout=10,
        )
        if done.returncode != 0:
            raise Failure(f"tmux {arguments[0]} works", done.stderr.decode(errors="replace"))
        return done.stdout.decode(errors="replace")

    def __enter__(self):
        # The shell ends by itself if nobody is left to end it.
        shell = f"env PS1={shlex.quote(PROMPT + ' ')} timeout --foreground -k 2 {self.seconds} sh"
        self.tmux(
            "set-option",
            "-g",
            "default-terminal",
            "tmux-256color",
            ";",
            "set-option",
            "-g",
            "escape-time",
            "0",
            ";",
            "set-option",
            "-g",
            "remain-on-exit",
            "on",
            ";",
            "new-session",
            "-d",
            "-s",
            "t",
            "-x",
            str(self.columns),
            "-y",
            str(self.rows),
            "-c",
            str(self.place.folder),
            shell,
        )
        self.wait_for(PROMPT, 10)
        return self

    def __exit__(self, *_):
        subprocess.run(
            ["tmux", "-S", self.socket, "kill-server"], env=self.place.environment, capture_output=True, timeout=10
        )

    # MARK: looking

    @property
    def screen(self):
        return self.tmux("capture-pane", "-p", "-t", "t")

    @property
    def is_whole(self):
        """Cursor shown, main screen, no mouse mode: as the shell left it."""
        return (
            self.tmux("display-message", "-p", "-t", "t", "#{cursor_flag}#{alternate_on}#{mouse_any_flag}").strip()
            == "100"
        )

    @property
    def shows_program(self):
        return self.tmux("display-message", "-p", "-t", "t", "#{alternate_on}").strip() == "1"

    def wait_for(self, *texts, seconds=10):
        """Waits until all `texts` are on the screen at once; gives the screen."""
        if len(texts) > 1 and isinstance(texts[-1], int):
            *texts, seconds = texts

        def look():
            return self.painted(lambda screen: all(text in screen for text in texts))

        return until(look, seconds, "the screen shows " + " and ".join(map(repr, texts)), lambda: self.screen)

    def wait_without(self, text, seconds=10):
        def look():
            return self.painted(lambda screen: text not in screen)

        return until(look, seconds, f"the screen no longer shows {text!r}", lambda: self.screen)

    def painted(self, is_wanted):
        """The screen if it is what is wanted, and not in the middle of a frame: a busy terminal shows those, too."""
        screen = self.screen
        for _ in range(5):
            if not is_wanted(screen):
                return None
            last, screen = screen, self.screen
            if screen == last:
                break
        return screen if is_wanted(screen) else None

    def read_pane(self, key):
        """Everything that the pane behind `key` holds, read zoomed and from its top; the screen is as before afterwards."""
        self.press(key, "z")
        self.wait_for("ZOOM")
        self.press("g")
        pages = [self.settled()]
        for _ in range(8):
            self.press("PageDown")
            page = self.settled()
            if prose(page) == prose(pages[-1]):
                break
            pages.append(page)
        self.press("g", "z")
        self.wait_without("ZOOM")
        return "\n".join(pages)

    def settled(self):
        """The screen once it stands still for a moment: for pages whose text is not known before."""
        limit, last = time.monotonic() + 3, self.screen
        while time.monotonic() < limit:
            time.sleep(0.12)
            now = self.screen
            if now == last:
                break
            last = now
        return last

    # MARK: typing

    def press(self, *keys):
        """Keys by tmux's names: `r`, `Enter`, `Escape`, `C-c`."""
        for key in keys:
            self.tmux("send-keys", "-t", "t", key) if len(key) > 1 else self.type(key)
            if key == "Escape":
                time.sleep(ESCAPE)  # or what follows would make one sequence with it

    def type(self, text):
        self.tmux("send-keys", "-t", "t", "-l", "--", text)

    def line(self, text):
        self.type(text)
        self.press("Enter")

    def resize(self, columns, rows):
        self.tmux("resize-window", "-t", "t", "-x", str(columns), "-y", str(rows))
        self.columns, self.rows = (columns, rows)

    # MARK: the shell around the program

    def shell(self, line, seconds=10):
        """Runs a line in the shell and waits for its end; gives its exit code."""
        mark = self.place.folder / f"status-{next(_numbers)}"
        self.line(f"{line}; echo $? > {mark}.new; mv {mark}.new {mark}")
        until(mark.exists, seconds, f"the shell comes back from: {line}", lambda: self.screen)
        return int(mark.read_text())

    def settings(self):
        """What `stty -a` says now."""
        path = self.place.folder / f"stty-{next(_numbers)}"
        self.shell(f"stty -a > {path}")
        return path.read_text()

    def start(self, *arguments, seconds=15):
        """Starts the program in the window and waits for its screen; the way back is `ended`."""
        number = next(_numbers)
        self.pid_file = self.place.folder / f"pid-{number}"
        self.status_file = self.place.folder / f"end-{number}"
        words = " ".join(shlex.quote(str(word)) for word in (self.place.binary, *self.place.on_loopback(arguments)))
        program = self.place.write(f"program-{number}", f"echo $$ > {self.pid_file}\nexec {words}\n")
        # A shell of its own notes the end: the interactive one forgets the rest of its line when a program dies of SIGINT.
        script = self.place.write(
            f"start-{number}",
            f"sh {program}\necho $? > {self.status_file}.new\nmv {self.status_file}.new {self.status_file}\n",
        )
        self.line(f"clear; sh {script}")
        until(
            lambda: self.shows_program or self.status_file.exists(),
            seconds,
            "the program takes the screen",
            lambda: self.screen,
        )
        if self.status_file.exists():
            raise Failure(
                f"the program stays on the screen (it ended with {self.status_file.read_text().strip()})", self.screen
            )
        return self

    @property
    def pid(self):
        """The program's own process."""
        return int(self.pid_file.read_text())

    def ended(self, seconds=10):
        """Waits for the program's end; gives its exit code as the shell saw it."""
        until(self.status_file.exists, seconds, "the program ends", lambda: self.screen)
        self.wait_for(PROMPT)
        return int(self.status_file.read_text())


def prose(screen):
    """The screen's words in one line, borders left out; for sentences that may be wrapped."""
    table = str.maketrans({character: " " for character in "│┃┏┓┗┛━─┌┐└┘├┤┣┫|"})
    return " ".join(screen.translate(table).split())
