"""The museum of faults over the wire: on port 53 of a network namespace where there are some, on high ports else; and DANE beside
Postfix's own judgement.

Run as a program it is what happens inside: BINARY FOLDER PORT NAMES..., answers on standard output as JSON.
"""

import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

if __name__ != "__main__":
    from harness import Skipped, check, expect

PREPARE = 'ip link set lo up && mount --bind "$0" /etc/resolv.conf && exec "$@"'


def table(path, rows):
    """The rows of a table in a Swift test, which is the one place where they stand."""
    return re.findall(rows, path.read_text())


def words(text):
    return re.findall(r'"([^"]+)"', text)


def namespace(place, *, as_root=False):
    """How to start a program in a network of its own, with a name server of ours; `None` where that cannot be."""
    if shutil.which("unshare") is None or shutil.which("ip") is None:
        return None
    settings = place.write("resolv.conf", "nameserver 127.0.0.1\noptions edns0 trust-ad\n")
    prefix = ["unshare", "-nm" if as_root else "-rnm", "sh", "-c", PREPARE, settings]
    trial = subprocess.run([*prefix, "true"], capture_output=True, timeout=10)
    return prefix if trial.returncode == 0 else None


def visit(place, names):
    """What `porthole check` says of each name, by name; and whether it was asked on port 53."""
    prefix = namespace(place)
    port = "53" if prefix else "0"
    done = subprocess.run(
        [*(prefix or []), sys.executable, __file__, place.binary, str(place.folder), port, *names],
        env=place.environment,
        cwd=place.folder,
        capture_output=True,
        text=True,
        timeout=400,
    )
    expect(done.returncode == 0, "the museum opens", done.stderr[-2000:])
    return json.loads(done.stdout), prefix is not None


def is_beside(name, code):
    """What nearly every exhibit lacks, and is not what it shows."""
    if code.startswith("dnssec."):
        return True
    if code == "mta-sts.policy-fails":
        return not name.startswith("sts") and name != "good"
    if code == "mta-sts.none":
        return not name.startswith("sts") and name != "good"
    if code == "tls-rpt.none":
        return name != "good"
    return code == "dmarc.none" and not name.startswith("dmarc") and name != "good"


if __name__ != "__main__":

    @check("each domain of the museum of faults gives exactly its findings over the wire, on port 53 where there are namespaces")
    def faults(place):
        source = place.repository / "Tests/LabTests/NameServerMuseumTests.swift"
        rows = {
            name: sorted(words(codes))
            for name, codes in table(source, r'\("([a-z0-9-]+)", \[((?:"[a-z0-9.-]+"(?:,\s*)?)*)\]\)')
        }
        rows |= {
            name: sorted(words(codes))
            for name, codes in table(
                place.repository / "Tests/WireTests/PolicyWingTests.swift", r'\("(\w+)", \[((?:"[a-z0-9.-]+"(?:,\s*)?)*)\]\)'
            )
        }
        expect(len(rows) >= 78 and "good" in rows and "stsmoved" in rows, "the tables are found", str(rows))
        told, _ = visit(place, [f"{name}.museum.test" for name in rows])
        wrong = []
        for name, expected in rows.items():
            findings = told[f"{name}.museum.test"]["findings"]
            codes = [finding["code"].removeprefix("dns.") for finding in findings if finding["severity"] != "fine"]
            found = sorted(code for code in codes if not is_beside(name, code))
            if found != expected:
                wrong.append(f"{name}: {found}, not {expected}")
        expect(not wrong, "every domain gives exactly its findings", "\n".join(wrong))

    @check("each signed zone of the museum is judged by DNSSEC as it deserves, over the wire")
    def signed(place):
        source = place.repository / "Tests/WireTests/SignedZonesTests.swift"
        rows = table(source, r'\("([a-z]+)", "(secure|insecure|bogus)", \[([^\]]*)\]\)')
        expect(len(rows) >= 17, "the table is found", str(rows))
        told, _ = visit(place, [f"{name}.museum" for name, _, _ in rows])
        wrong = []
        for name, verdict, codes in rows:
            said = told[f"{name}.museum"]
            judged = [one["dnssec"] for one in said["answers"] if one["type"] == "MX" and one["name"] == f"{name}.museum"]
            found = {finding["code"].removeprefix("dns.") for finding in said["findings"]}
            found = sorted(code for code in found if code.startswith(("dnssec", "tlsa")))
            if judged != [verdict] or found != sorted(words(codes)):
                wrong.append(f"{name}: {judged} {found}, not {verdict} {codes}")
        expect(not wrong, "every zone is judged as it deserves", "\n".join(wrong))

    #: What Postfix says of a domain of the lab, and the finding that says the same.
    DANE = {
        "dane.test": ("Verified TLS connection", "dns.dane.matches"),
        "dane-other-key.test": ("no matching DANE TLSA records", "dns.dane.mismatch"),
        "dane-rollover.test": ("Verified TLS connection", "dns.dane.rollover"),
        "dane-unusable.test": ("unsupported TLSA certificate usage", "dns.tlsa.unusable"),
        "dane-unsigned.test": ("Untrusted TLS connection", "dns.tlsa.ignored"),
        "dane-dropped.test": ("TLSA lookup error", "dns.tlsa.lookup-fails"),
    }

    @check("DANE of six domains comes to the same as with Postfix's posttls-finger behind a validating unbound")
    def dane(place):
        root = place.peers / "root" if place.peers else None
        if root is None or not (root / "usr/sbin/posttls-finger").exists() or not (root / "usr/sbin/unbound").exists():
            raise Skipped("posttls-finger and unbound are not among the peers: .ci/peers DIR fetches them")
        if os.getuid() != 0:
            raise Skipped("posttls-finger gives up root's rights, and needs to have them")
        prefix = namespace(place, as_root=True)
        if prefix is None:
            raise Skipped("no network namespaces here, in which a name server could have port 53")
        done = subprocess.run(
            [*prefix, sys.executable, __file__, place.binary, str(place.folder), "5300", "--dane", str(root), *DANE],
            env=place.environment,
            cwd=place.folder,
            capture_output=True,
            text=True,
            timeout=200,
        )
        expect(done.returncode == 0, "both look at every domain", done.stderr[-2000:])
        told = json.loads(done.stdout)
        for domain, (sentence, code) in DANE.items():
            codes = [finding["code"] for finding in told[domain]["findings"]]
            expect(code in codes, f"{domain}: we say {code}", f"{codes}")
            expect(sentence in told[domain]["postfix"], f"{domain}: Postfix says {sentence}", told[domain]["postfix"])


# MARK: inside


def judged_by_postfix(root, folder, lab, domains):
    """What posttls-finger says of each domain, behind an unbound that validates by the lab's key."""
    folder.chmod(0o755)
    anchor = folder / "anchor.ds"
    anchor.write_bytes(pathlib.Path(lab["trustAnchor"]).read_bytes())
    (folder / "unbound.conf").write_text(
        f"""server:
 chroot: ""
 username: ""
 pidfile: ""
 directory: "{folder}"
 interface: 127.0.0.1@53
 do-not-query-localhost: no
 unblock-lan-zones: yes
 local-zone: "test." nodefault
 trust-anchor-file: "{anchor}"
 module-config: "validator iterator"
 do-daemonize: no
 use-syslog: no
forward-zone:
 name: "."
 forward-addr: {lab["resolver"].replace(":", "@")}
remote-control:
 control-enable: no
"""
    )
    (folder / "main.cf").write_text(
        "compatibility_level = 3.6\nmail_owner = daemon\nsetgid_group = mail\nmyhostname = probe.example.net\nmaillog_file =\n"
    )
    library = ":".join(map(str, [root / "usr/lib/postfix", *root.glob("usr/lib/*-linux-gnu")]))
    environment = {**os.environ, "LD_LIBRARY_PATH": library, "MAIL_CONFIG": str(folder)}
    unbound = subprocess.Popen(
        [root / "usr/sbin/unbound", "-d", "-c", folder / "unbound.conf"], env=environment, stderr=subprocess.DEVNULL
    )
    try:
        time.sleep(1)
        said = {}
        for domain in domains:
            command = [root / "usr/sbin/posttls-finger", "-c", "-l", "dane", "-t", "20", "-T", "20", domain]
            done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
            said[domain] = done.stdout + done.stderr
        return said
    finally:
        unbound.terminate()
        unbound.wait()


def main(binary, folder, port, *names):
    folder = pathlib.Path(folder)
    root = None
    if names[0] == "--dane":
        root, names = pathlib.Path(names[1]), names[2:]
    ports = ["--dns-port", port] if port != "0" else []
    ports += ["--smtp-port", "25"] if root else []
    lab = subprocess.Popen([binary, "lab", "--museum", *ports], stdout=subprocess.PIPE)
    try:
        said = json.loads(lab.stdout.readline())
        common = ["--json", "--trust-anchor", said["trustAnchor"], "--ca-file", said["caFile"]]
        common += ["--https-port", str(said["httpsPort"])]
        # On port 53 the system's own resolver is the lab's.
        common += [] if port == "53" else ["--resolver", said["resolver"]]
        common += ["--dane"] if root else []

        def look(name):
            done = subprocess.run([binary, "check", name, *common], capture_output=True, text=True, timeout=120)
            try:
                return name, json.loads(done.stdout)
            except ValueError:
                sys.exit(f"{name}: {done.stderr}")

        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            told = dict(pool.map(look, names))
        if root:
            for domain, text in judged_by_postfix(root, folder, said, names).items():
                told[domain]["postfix"] = text
        print(json.dumps(told))
    finally:
        lab.terminate()
        lab.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
