"""Servers whose paths are compiled in: each gets a root directory of its own, in which Debian's package stands where it belongs."""

import os
import shutil
import subprocess

from harness import Skipped
from peers import Daemon
from systemlog import SystemLog

#: Makes the root from the unpacked packages and this machine's own libraries, in a mount namespace of its own, and becomes
#: the server: one process from the first line to the last, so that a signal reaches it.
ENTER = """\
set -eu
cd "$1"
mount --rbind "$2/usr" usr
mount --rbind /usr/lib lib
mount --rbind "$(readlink -f /lib64)" lib64
mount --rbind /usr/bin bin
for device in null zero random urandom; do
    : >dev/$device
    mount --bind /dev/$device dev/$device
done
shift 2
exec chroot . "$@"
"""


class Rooted(Daemon):
    """A server in a root of its own; it says what it does to a /dev/log of its own, which fills `log`."""

    #: Accounts beside root, by name; in the root's own /etc only.
    users = ()

    def __init__(self, place, folder):
        super().__init__(place, folder)
        self.place = place
        if shutil.which("unshare") is None or shutil.which("chroot", path="/usr/sbin:/sbin:/usr/bin") is None:
            raise Skipped("unshare and chroot are needed to give a server a root of its own")
        self.rights = ["unshare", "--mount"] if os.getuid() == 0 else ["unshare", "--mount", "--map-root-user"]
        self.jail = self.folder / "root"
        for name in ("usr lib lib64 bin dev etc run tmp var/spool var/lib").split():
            (self.jail / name).mkdir(parents=True, mode=0o755)
        (self.jail / "var/run").symlink_to("/run")
        # The namespace, the mounts and the new root: a machine may forbid any of them.
        tried = subprocess.run(self.entering("/bin/true"), capture_output=True, text=True, timeout=30)
        if tried.returncode != 0:
            raise Skipped(f"this machine lets nobody give a server a root of its own: {tried.stderr.strip()}")

    def entering(self, *command):
        """The command line that runs `command` in the root."""
        return [*self.rights, "sh", "-c", ENTER, "sh", self.jail, self.root, *command]

    def number(self, name):
        """The id of an account: whoever is not root has no other."""
        return 990 + self.users.index(name) if os.getuid() == 0 else 0

    def furnish(self):
        """The files of /etc that any server reads."""
        accounts = [("root", 0), *((name, self.number(name)) for name in self.users), ("nobody", 65534)]
        self.etc("passwd", "".join(f"{name}:x:{number}:{number}::/:/bin/false\n" for name, number in accounts))
        self.etc("group", "".join(f"{name}:x:{number}:\n" for name, number in accounts))
        self.etc("hosts", f"127.0.0.1 mx.example.test localhost {os.uname().nodename}\n")
        self.etc("nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n")
        self.etc("resolv.conf", "lookup file\nnameserver 127.0.0.1\n")

    def etc(self, name, text, mode=0o644):
        path = self.jail / "etc" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(mode)

    def enter(self, *command):
        """Starts the server in its root."""
        self.place.enter(SystemLog(self.jail / "dev/log", self.log))
        environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "TZ": "UTC"}
        if os.getuid() != 0:
            # There is nobody to become: the wrapper says that it was done.
            library = f"/usr/lib/{self.libraries.name}/libuid_wrapper.so"
            command = ("/bin/env", f"LD_PRELOAD={library}", "UID_WRAPPER=1", "UID_WRAPPER_ROOT=1", *command)
        self.run(self.entering(*command), environment)
