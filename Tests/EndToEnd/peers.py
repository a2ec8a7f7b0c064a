"""Real mail servers on loopback: Debian's Postfix and Exim as .ci/peers unpacked them, each in a private folder.

They run as whoever runs the checks. Postfix insists on root and on accounts of its own; the nss and uid wrappers of the Samba
project give it both inside its own processes only, so that no right and no account of the machine is touched.
"""

import contextlib
import os
import pathlib
import shutil
import signal
import socket
import socketserver
import subprocess
import threading

from harness import Failure, Skipped, until

#: No server outlives this, whatever happens to the one who started it.
LIFETIME = 240


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


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
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=mx.example.test",
             "-addext", "subjectAltName=DNS:mx.example.test,IP:127.0.0.1", "-keyout", self.key, "-out", self.path],
            check=True, capture_output=True, timeout=30)
        os.chmod(self.key, 0o644)


class NextHop(socketserver.ThreadingTCPServer):
    """The server behind the gateway: takes mail for anybody, puts `later` off and does not want `bounced`."""

    allow_reuse_address = daemon_threads = True

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            with contextlib.suppress(OSError):
                self.say("220 inside.example.test ESMTP")
                while line := self.rfile.readline():
                    verb = line.strip().upper()
                    if verb == b"DATA":
                        self.say("354 go ahead")
                        while self.rfile.readline() not in (b".\r\n", b""):
                            pass
                        self.say("250 2.0.0 kept")
                    elif verb.startswith(b"RCPT TO:<LATER@"):
                        self.say("451 4.3.0 the mailbox is being moved, come back later")
                    elif verb.startswith(b"RCPT TO:<BOUNCED@"):
                        self.say("550 5.2.1 this mailbox takes no mail")
                    elif verb == b"QUIT":
                        self.say("221 2.0.0 bye")
                        return
                    else:
                        self.say("250 2.0.0 ok")

        def say(self, text):
            self.wfile.write(text.encode() + b"\r\n")

    def __init__(self):
        super().__init__(("127.0.0.1", 0), self.Handler)
        self.port = self.server_address[1]

    def __enter__(self):
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()


class Sink(socketserver.ThreadingTCPServer):
    """A server that says `250` to everything and remembers what it heard."""

    allow_reuse_address = daemon_threads = True

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            with contextlib.suppress(OSError):
                self.wfile.write(b"220 sink.example.test ESMTP\r\n")
                while line := self.rfile.readline():
                    self.server.received += line
                    if line.upper().startswith(b"QUIT"):
                        self.wfile.write(b"221 2.0.0 bye\r\n")
                        return
                    self.wfile.write(b"250 2.0.0 ok\r\n")

    def __init__(self):
        super().__init__(("127.0.0.1", 0), self.Handler)
        self.port = self.server_address[1]
        self.received = b""

    __enter__ = NextHop.__enter__
    __exit__ = NextHop.__exit__


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
        self.certificate = Certificate(self.folder)
        libraries = sorted((self.root / "usr/lib").glob("*-linux-gnu"))
        if not libraries:
            raise Skipped(f"{self.root} holds no libraries; remove it and run .ci/peers again")
        self.libraries = libraries[0]

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
            f"root:x:0:0:root:/:/bin/false\n{name}:x:{uid}:{uid}::/:/bin/false\nnobody:x:65534:65534:nobody:/:/bin/false\n")
        lines = [f"root:x:0:", f"{name}:x:{uid}:", "nogroup:x:65534:"]
        lines += [f"{group}:x:{uid + 1 + number}:" for number, group in enumerate(groups)]
        self.write("group", "\n".join(lines) + "\n")
        return {"NSS_WRAPPER_PASSWD": str(self.folder / "passwd"), "NSS_WRAPPER_GROUP": str(self.folder / "group")}

    def own(self, *folders):
        """Gives folders to the server's own user, where that takes a change."""
        if os.getuid() == 0:
            for folder in folders:
                os.chown(folder, self.uid, self.uid)

    def run(self, command, environment):
        self.output = open(self.folder / "output", "wb")
        self.process = subprocess.Popen(
            ["timeout", "-k", "5", str(LIFETIME), "setsid", *map(str, command)], env=environment, cwd=self.folder,
            stdin=subprocess.DEVNULL, stdout=self.output, stderr=subprocess.STDOUT, start_new_session=True)
        try:
            until(
                lambda: self.process.poll() is not None or answers(self.port), 20,
                f"{self.name} greets on port {self.port}", self.story)
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


class Postfix(Daemon):
    """Postfix as the gateway of example.test: takes `user`, `later` and `bounced`, refuses the others in its own words."""

    name = "Postfix"

    def __init__(self, place):
        super().__init__(place, "postfix")
        self.place = place

    def start(self):
        next_hop = self.place.enter(NextHop())
        folder, root = self.folder, self.root
        environment = {
            "PATH": "/usr/bin:/bin",
            "LD_LIBRARY_PATH": f"{root}/usr/lib/postfix:{self.libraries}",
            "LD_PRELOAD": f"{self.libraries}/libnss_wrapper.so",
            **self.accounts("postfix", "postdrop"),
        }
        if os.getuid() != 0:
            environment["LD_PRELOAD"] += f":{self.libraries}/libuid_wrapper.so"
            environment |= {"UID_WRAPPER": "1", "UID_WRAPPER_ROOT": "1"}
        for name in ("etc", "data", "queue"):
            (folder / name).mkdir(mode=0o755)
        queues = ("active bounce corrupt defer deferred flush hold incoming private maildrop public trace saved").split()
        for name in queues:
            (folder / "queue" / name).mkdir(mode=0o700)
        (folder / "queue" / "public").chmod(0o755)
        (folder / "queue" / "pid").mkdir(mode=0o755)
        self.own(folder / "data", *(folder / "queue" / name for name in queues))
        kept = " ".join(f"{name}={value}" for name, value in environment.items() if name != "PATH")
        self.write("etc/main.cf", f"""\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = {root}/usr/sbin
daemon_directory = {root}/usr/lib/postfix/sbin
shlib_directory = {root}/usr/lib/postfix
meta_directory = {folder}/etc
mail_owner = postfix
setgid_group = postdrop
default_privs = nobody
maillog_file = {self.log}
maillog_file_prefixes = {folder}
import_environment = MAIL_CONFIG MAIL_LOGTAG TZ=UTC LANG=C {kept}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.example.test
mydestination =
mynetworks =
alias_maps =
alias_database =
local_recipient_maps =
smtp_dns_support_level = disabled
smtpd_peername_lookup = no
smtpd_tls_security_level = may
smtpd_tls_cert_file = {self.certificate.path}
smtpd_tls_key_file = {self.certificate.key}
smtpd_tls_loglevel = 1
relay_domains = example.test
relay_recipient_maps = inline:{{ user@example.test=ok, later@example.test=ok, bounced@example.test=ok }}
default_transport = error:5.4.4 nothing leaves this machine
relay_transport = smtp:[127.0.0.1]:{next_hop.port}
smtpd_relay_restrictions = reject_unauth_destination
smtpd_recipient_restrictions = check_recipient_access inline:{{
    {{ full@example.test = 452 4.2.2 The mailbox is full }}
    {{ grey@example.test = 450 4.2.0 Greylisted, see http://postgrey.schweikert.ch/help/example.test.html }}
    {{ policy@example.test = 550 5.7.1 Policy does not allow this }} }}
""")
        services = [f"127.0.0.1:{self.port} inet n - n - - smtpd", "postlog unix-dgram n - n - 1 postlogd"]
        services += [f"{name} unix {private} - n {wakeup} {count} {program}" for name, private, wakeup, count, program in (
            ("cleanup", "n", "-", "0", "cleanup"), ("qmgr", "n", "300", "1", "qmgr"), ("tlsmgr", "-", "1000?", "1", "tlsmgr"),
            ("rewrite", "-", "-", "-", "trivial-rewrite"), ("bounce", "-", "-", "0", "bounce"),
            ("defer", "-", "-", "0", "bounce"), ("trace", "-", "-", "0", "bounce"), ("verify", "-", "-", "1", "verify"),
            ("flush", "n", "1000?", "0", "flush"), ("proxymap", "-", "-", "-", "proxymap"), ("smtp", "-", "-", "-", "smtp"),
            ("error", "-", "-", "-", "error"), ("retry", "-", "-", "-", "error"), ("discard", "-", "-", "-", "discard"),
            ("anvil", "-", "-", "1", "anvil"), ("scache", "-", "-", "1", "scache"))]
        self.write("etc/master.cf", "\n".join(services) + "\n")
        self.run([root / "usr/lib/postfix/sbin/master", "-c", folder / "etc", "-d"], environment)


class Exim(Daemon):
    """Exim as the server of example.test: delivers `user` into nothing and knows nobody else."""

    name = "Exim"

    def start(self):
        folder = self.folder
        # Exim starts itself anew for a delivery, as its own user, who need not be able to reach the unpacked package.
        for source in (self.root / "usr/sbin/exim4", self.libraries / "libidn.so.12", self.libraries / "libnss_wrapper.so"):
            shutil.copy(source, folder / source.name)
            (folder / source.name).chmod(0o755)
        environment = {
            "PATH": "/usr/bin:/bin", "LD_LIBRARY_PATH": folder, "LD_PRELOAD": folder / "libnss_wrapper.so",
            **self.accounts("Debian-exim", "adm"),
        }
        exports = "".join(f"export {name}='{value}'\n" for name, value in environment.items())
        program = self.write("exim", f"#!/bin/sh\n{exports}exec {folder}/exim4 \"$@\"\n", 0o755)
        for name in ("spool", "log"):
            (folder / name).mkdir(mode=0o750)
        self.own(folder / "spool", folder / "log")
        self.log = str(folder / "log" / "mainlog")
        self.write("exim.conf", f"""\
exim_path = {program}
deliver_drop_privilege = true
never_users =
primary_hostname = mx.example.test
spool_directory = {folder}/spool
log_file_path = {folder}/log/%slog
pid_file_path = {folder}/exim.pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = {self.port}
host_lookup =
rfc1413_hosts =
keep_environment = PATH
add_environment =
tls_advertise_hosts = *
tls_certificate = {self.certificate.path}
tls_privatekey = {self.certificate.key}
acl_smtp_rcpt = recipients
acl_smtp_data = accept
domainlist ours = example.test
begin acl
recipients:
  accept domains = +ours
         local_parts = user : postmaster
  deny   domains = +ours
         message = Unknown user
  deny   message = relay not permitted
begin routers
ours:
  driver = accept
  transport = nowhere
begin transports
nowhere:
  driver = appendfile
  file = /dev/null
  user = Debian-exim
begin retry
* * F,1h,5m
""")
        self.run([program, "-C", folder / "exim.conf", "-bdf"], {"PATH": "/usr/bin:/bin"})

    def __init__(self, place):
        super().__init__(place, "exim")
