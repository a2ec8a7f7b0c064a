"""A real Exim."""

import shutil

from peers import Daemon


class Exim(Daemon):
    """Exim as the server of example.test: delivers `user` into nothing and knows nobody else."""

    name = "Exim"

    def __init__(self, place):
        super().__init__(place, "exim")

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
        for name in ("spool", "log"):
            (folder / name).mkdir(mode=0o750)
        self.own(folder / "spool", folder / "log")
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
""",
        )
        self.run([program, "-C", folder / "exim.conf", "-bdf"], {"PATH": "/usr/bin:/bin"})
