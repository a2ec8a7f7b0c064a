"""A real Dovecot, of which only the part that checks AUTH runs: for Postfix."""

import base64
import grp
import hashlib
import hmac
import json
import os
import pwd
import time

from harness import Skipped
from peers import Daemon

KEY = b"the key that signs the tokens of example.test"


def token(user, lifetime=600):
    """A bearer token (RFC 7519, HS256) for `user` that Dovecot accepts by itself."""

    def part(value):
        return base64.urlsafe_b64encode(json.dumps(value, separators=(",", ":")).encode()).rstrip(b"=")

    now = int(time.time())
    claims = {"sub": user, "iat": now, "nbf": now - 60, "exp": now + lifetime}
    head = part({"alg": "HS256", "typ": "JWT"}) + b"." + part(claims)
    mark = hmac.new(KEY, head, hashlib.sha256).digest()
    return (head + b"." + base64.urlsafe_b64encode(mark).rstrip(b"=")).decode()


class Dovecot(Daemon):
    """Knows `probe` by password and by token, and logs what it was told."""

    name = "Dovecot"
    password = "corr3ct-h0rse/Battery=staple"

    def __init__(self, place):
        super().__init__(place, "dovecot")
        #: The socket for Postfix's smtpd.
        self.sasl = str(self.folder / "auth")

    def start(self):
        folder, root = self.folder, self.root
        # Dovecot cleans its environment too well for the wrappers: it gets an account that is there.
        self.uid = uid = 8 if os.getuid() == 0 else os.getuid()
        try:
            user = pwd.getpwuid(uid)
            group = grp.getgrgid(user.pw_gid)
        except KeyError:
            raise Skipped(f"Dovecot wants a user with a name, and {uid} has none") from None
        environment = {"PATH": "/usr/bin:/bin", "LD_LIBRARY_PATH": f"{root}/usr/lib/dovecot:{root}/usr/lib/dovecot/modules/old-stats:{self.libraries}"}
        kept = environment["DOVECOT_PRESERVE_ENVS"] = "LD_LIBRARY_PATH"
        for name in ("run", "state", "keys/default/HS256"):
            (folder / name).mkdir(mode=0o755, parents=True)
        self.write("users", f"probe:{{PLAIN}}{self.password}:{uid}:{user.pw_gid}::{folder}::\n")
        self.write("keys/default/HS256/default", base64.b64encode(KEY).decode())
        self.write(
            "oauth2.conf.ext",
            f"""\
introspection_mode = local
local_validation_key_dict = fs:posix:prefix={folder}/keys/
username_attribute = sub
""",
        )
        unchrooted = "".join(f"service {name} {{\n  chroot =\n}}\n" for name in ("anvil", "stats"))
        path = self.write(
            "dovecot.conf",
            f"""\
base_dir = {folder}/run
state_dir = {folder}/state
libexec_dir = {root}/usr/lib/dovecot
log_path = {self.log}
import_environment = {kept}
protocols =
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {user.pw_name}
default_internal_group = {group.gr_name}
default_login_user = {user.pw_name}
first_valid_uid = {self.uid}
first_valid_gid = {user.pw_gid}
auth_verbose = yes
auth_mechanisms = plain login cram-md5 scram-sha-1 scram-sha-256 xoauth2 oauthbearer
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {folder}/oauth2.conf.ext
}}
passdb {{
  driver = passwd-file
  args = {folder}/users
}}
userdb {{
  driver = passwd-file
  args = {folder}/users
}}
service auth {{
  user = {user.pw_name}
  unix_listener {self.sasl} {{
    mode = 0666
  }}
}}
{unchrooted}""",
        )
        # `dovecot` looks for `doveconf` where Debian installs it; the other way round each finds the other.
        master = ["-f", "service=master", "-c", path, "-m", "master", "-p", "-e", root / "usr/sbin/dovecot", "-c", path, "-F"]
        self.run([root / "usr/bin/doveconf", *master], environment, self.listens)

    def listens(self):
        return os.path.exists(self.sasl)
