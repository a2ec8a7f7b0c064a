"""A real Postfix."""

import os

from peers import Daemon, free_port
from sinks import NextHop


class Postfix(Daemon):
    """Postfix as the gateway of example.test: takes `user`, `later` and `bounced`, refuses the others in its words."""

    name = "Postfix"

    def __init__(self, place, sasl=None, next_hop=None):
        super().__init__(place, "postfix")
        self.place, self.next_hop = place, next_hop
        # Wants a PROXY header first.
        self.proxied = free_port()
        # Greets a second time, looks for mistakes first, and puts a stranger off.
        self.screened = free_port()
        # With the socket of a Dovecot: authenticated clients only, by STARTTLS and by TLS from the first byte.
        self.sasl = sasl
        self.submission, self.submissions = free_port(), free_port()

    def start(self):
        next_hop = self.next_hop or self.place.enter(NextHop())
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
        queues = (
            "active bounce corrupt defer deferred flush hold incoming private maildrop public trace saved"
        ).split()
        for name in queues:
            (folder / "queue" / name).mkdir(mode=0o700)
        (folder / "queue" / "public").chmod(0o755)
        (folder / "queue" / "pid").mkdir(mode=0o755)
        self.own(folder / "data", *(folder / "queue" / name for name in queues))
        kept = " ".join(f"{name}={value}" for name, value in environment.items() if name != "PATH")
        self.write(
            "etc/main.cf",
            f"""\
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
smtpd_authorized_xclient_hosts = 127.0.0.1
smtpd_authorized_xforward_hosts = 127.0.0.1
smtpd_sasl_type = dovecot
smtpd_sasl_path = {self.sasl}
broken_sasl_auth_clients = no
tls_random_source = dev:/dev/urandom
postscreen_greet_banner = mx.example.test is looking at you
postscreen_greet_wait = 2s
postscreen_cache_map = internal:postscreen
postscreen_pipelining_enable = yes
postscreen_non_smtp_command_enable = yes
postscreen_bare_newline_enable = yes
postscreen_pipelining_action = enforce
relay_domains = example.test
relay_recipient_maps = inline:{{ user@example.test=ok, later@example.test=ok, bounced@example.test=ok }}
default_transport = error:5.4.4 nothing leaves this machine
relay_transport = smtp:[127.0.0.1]:{next_hop.port}
smtpd_relay_restrictions = reject_unauth_destination
smtpd_recipient_restrictions = check_recipient_access inline:{{
    {{ full@example.test = 452 4.2.2 The mailbox is full }}
    {{ grey@example.test = 450 4.2.0 Greylisted, see http://postgrey.schweikert.ch/help/example.test.html }}
    {{ policy@example.test = REJECT }} }}
""",
        )
        services = [f"127.0.0.1:{self.port} inet n - n - - smtpd", "postlog unix-dgram n - n - 1 postlogd"]
        services.append(
            f"127.0.0.1:{self.proxied} inet n - n - - smtpd -o smtpd_upstream_proxy_protocol=haproxy"
        )
        services += [
            f"127.0.0.1:{self.screened} inet n - n - 1 postscreen",
            "smtpd pass - - n - - smtpd",
            "tlsproxy unix - - n - 0 tlsproxy",
            "dnsblog unix - - n - 0 dnsblog",
        ]
        if self.sasl:
            checked = "-o smtpd_sasl_auth_enable=yes -o smtpd_client_restrictions=permit_sasl_authenticated,reject"
            services.append(
                f"127.0.0.1:{self.submission} inet n - n - - smtpd {checked} -o smtpd_tls_auth_only=yes "
                "-o smtpd_tls_security_level=encrypt"
            )
            services.append(
                f"127.0.0.1:{self.submissions} inet n - n - - smtpd {checked} -o smtpd_tls_wrappermode=yes"
            )
        services += [
            f"{name} unix {private} - n {wakeup} {count} {program}"
            for name, private, wakeup, count, program in (
                ("cleanup", "n", "-", "0", "cleanup"),
                ("qmgr", "n", "300", "1", "qmgr"),
                ("tlsmgr", "-", "1000?", "1", "tlsmgr"),
                ("rewrite", "-", "-", "-", "trivial-rewrite"),
                ("bounce", "-", "-", "0", "bounce"),
                ("defer", "-", "-", "0", "bounce"),
                ("trace", "-", "-", "0", "bounce"),
                ("verify", "-", "-", "1", "verify"),
                ("flush", "n", "1000?", "0", "flush"),
                ("proxymap", "-", "-", "-", "proxymap"),
                ("smtp", "-", "-", "-", "smtp"),
                ("error", "-", "-", "-", "error"),
                ("retry", "-", "-", "-", "error"),
                ("discard", "-", "-", "-", "discard"),
                ("anvil", "-", "-", "1", "anvil"),
                ("scache", "-", "-", "1", "scache"),
            )
        ]
        self.write("etc/master.cf", "\n".join(services) + "\n")
        self.run([root / "usr/lib/postfix/sbin/master", "-c", folder / "etc", "-d"], environment)
