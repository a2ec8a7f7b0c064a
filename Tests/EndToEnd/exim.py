"""A real Exim."""

import shutil

from peers import Daemon


class Exim(Daemon):
    """Exim as the server of example.test: keeps what `user` gets in `kept`, and knows nobody else.

    `probe` authenticates with `password` under TLS, or with a certificate of `clients` whose subject is CN=probe. With PRDR,
    `full` is refused after the message. Everything is logged.
    """

    name = "Exim"
    password = "corr3ct-h0rse/Battery=staple"

    def __init__(self, place, clients=None):
        super().__init__(place, "exim")
        self.clients = clients

    def start(self):
        folder = self.folder
        # Exim starts itself anew for a delivery, as its own user, who need not be able to reach the unpacked package.
        for source in (
            self.root / "usr/sbin/exim4",
            self.libraries / "libidn.so.12",
            self.libraries / "libnss_wrapper.so",
        ):
            shutil.copy(source, folder / source.name)
            (folder / source.name).chmod(0o755)
        environment = {
            "PATH": "/usr/bin:/bin",
            "LD_LIBRARY_PATH": folder,
            "LD_PRELOAD": folder / "libnss_wrapper.so",
            **self.accounts("Debian-exim", "adm"),
        }
        exports = "".join(f"export {name}='{value}'\n" for name, value in environment.items())
        program = self.write("exim", f'#!/bin/sh\n{exports}exec {folder}/exim4 "$@"\n', 0o755)
        for name in ("spool", "log", "kept"):
            (folder / name).mkdir(mode=0o750)
        self.own(folder / "spool", folder / "log", folder / "kept")
        clients = f"tls_try_verify_hosts = *\ntls_verify_certificates = {self.clients}\n" if self.clients else ""
        self.log = str(folder / "log" / "mainlog")
        self.write(
            "exim.conf",
            f"""\
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
{clients}tls_resumption_hosts = *
prdr_enable = true
chunking_advertise_hosts = *
smtputf8_advertise_hosts = *
dsn_advertise_hosts = *
log_selector = +all
acl_smtp_data_prdr = each
acl_smtp_rcpt = recipients
acl_smtp_data = accept
domainlist ours = example.test
begin acl
recipients:
  accept domains = +ours
         local_parts = user : full : postmaster
  deny   domains = +ours
         message = Unknown user
  deny   message = relay not permitted
each:
  deny   local_parts = full
         message = The mailbox is full
  accept
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if and{{{{eq{{$auth2}}{{probe}}}}{{eq{{$auth3}}{{{self.password}}}}}}}}}
  server_set_id = $auth2
  server_advertise_condition = ${{if def:tls_in_cipher}}
login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = Username:: : Password::
  server_condition = ${{if and{{{{eq{{$auth1}}{{probe}}}}{{eq{{$auth2}}{{{self.password}}}}}}}}}
  server_set_id = $auth1
  server_advertise_condition = ${{if def:tls_in_cipher}}
cram:
  driver = cram_md5
  public_name = CRAM-MD5
  server_secret = ${{if eq{{$auth1}}{{probe}}{{{self.password}}}fail}}
  server_set_id = $auth1
external:
  driver = external
  public_name = EXTERNAL
  server_param2 = ${{certextract{{subject,CN}}{{$tls_in_peercert}}}}
  server_condition = ${{if eq{{$auth1}}{{$auth2}}}}
  server_set_id = $auth1
  server_advertise_condition = ${{if eq{{$tls_in_certificate_verified}}{{1}}}}
begin routers
ours:
  driver = accept
  transport = nowhere
begin transports
nowhere:
  driver = appendfile
  directory = {folder}/kept
  maildir_format
  envelope_to_add
  return_path_add
  user = Debian-exim
begin retry
* * F,1h,5m
""",
        )
        self.run([program, "-C", folder / "exim.conf", "-bdf"], {"PATH": "/usr/bin:/bin"})

    def kept(self):
        """The messages that it delivered, as bytes, the oldest first."""
        paths = (self.folder / "kept/new").glob("*")
        return [path.read_bytes() for path in sorted(paths, key=lambda path: path.stat().st_mtime)]
