"""A real Sendmail."""

from rooted import Rooted
from sinks import NextHop


class Sendmail(Rooted):
    """Sendmail as the gateway of example.test: hands on what is for it, but knows no `nobody`."""

    name = "Sendmail"

    def __init__(self, place, log_level=9):
        super().__init__(place, "sendmail")
        self.log_level = log_level

    def start(self):
        next_hop = self.place.enter(NextHop())
        self.furnish()
        (self.jail / "var/spool/mqueue").mkdir(mode=0o700)
        self.etc("mail/service.switch", "hosts files\n")
        # The least that is a configuration: what is for example.test goes to the next hop, everything else is refused.
        self.etc(
            "mail/sendmail.cf",
            f"""\
V10/Berkeley
Djmx.example.test
Cwlocalhost mx.example.test
DnMAILER-DAEMON
O QueueDirectory=/var/spool/mqueue
O DaemonPortOptions=Name=MTA, Addr=127.0.0.1, Port={self.port}
O LogLevel={self.log_level}
O DeliveryMode=background
O PidFile=/run/sendmail.pid
O ServiceSwitchFile=/etc/mail/service.switch
O HostsFile=/etc/hosts
O Timeout.ident=0s
O DontProbeInterfaces=True
O OperatorChars=.:%@!^/[]+
O QueueLA=100000
O RefuseLA=100000
O MinFreeBlocks=0
O DefaultUser=65534:65534
Troot
H?P?Return-Path: <$g>
HReceived: from $s by $j id $i; $b
H?D?Date: $a
H?M?Message-Id: <$t.$i@$j>
S3
R$*<>$*\t\t$@<@>
R$*<$+>$*\t\t$:$2
R$+@$+\t\t\t$@$1<@$2>
S0
R<@>\t\t\t$#local $:<>
R$+<@$+>\t\t$#esmtp $@ [127.0.0.1] $: $1<@$2>
R$+\t\t\t$#local $:$1
Scheck_rcpt
R<nobody@$+>\t\t$#error $@ 5.1.1 $: "550 User unknown"
R<$+@example.test>\t$@OK
R$*\t\t\t$#error $@ 5.7.1 $: "550 Relaying denied"
S4
R<@>\t\t\t$@
R$+<@$+>\t\t$1@$2
Mlocal, P=/bin/false, F=lsDFMAw5:/|@qSXfmnz9, T=DNS/RFC822/X-Unix, A=false
Mprog, P=/bin/false, F=lsDFMoqeu9, T=X-Unix/X-Unix/X-Unix, A=false
Mesmtp, P=[IPC], F=mDFMuXa, E=\\r\\n, L=990, T=DNS/RFC822/SMTP, A=TCP $h {next_hop.port}
""",
        )
        self.enter("/usr/libexec/sendmail/sendmail", "-L", "sm-mta", "-bD", "-q1s", "-C", "/etc/mail/sendmail.cf")
