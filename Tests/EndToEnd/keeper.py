"""A server on aiosmtpd that checks and keeps what it was sent: run by `aiosmtpd_peer`, never imported by the checks.

    python3 keeper.py PORT KEPT OPTIONS-AS-JSON

Each message is a line of JSON in KEPT: how the client came, its envelope with every parameter, and the bytes in base64.
"""

import asyncio
import base64
import json
import ssl
import sys

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class Keeper:
    def __init__(self, path):
        self.path = path

    async def handle_PROXY(self, server, session, envelope, proxy):
        return True

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 5.1.1 nobody of that name"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.append(options)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server, session, envelope):
        proxy = session.proxy_data
        kept = {
            "hello": session.host_name,
            "extended": session.extended_smtp,
            "user": session.auth_data,
            "tls": session.ssl is not None,
            "proxy": proxy and [proxy.version, str(proxy.src_addr), proxy.src_port],
            "from": envelope.mail_from,
            "parameters": envelope.mail_options,
            "to": envelope.rcpt_tos,
            "utf8": envelope.smtp_utf8,
            "content": base64.b64encode(envelope.original_content).decode(),
        }
        with open(self.path, "a") as file:
            file.write(json.dumps(kept) + "\n")
        if isinstance(server, LMTP):
            return "\r\n".join("250 2.6.0 kept" for _ in envelope.rcpt_tos)
        return "250 2.6.0 kept"


def judge(password):
    def authenticate(server, session, envelope, mechanism, data):
        good = isinstance(data, LoginPassword) and (data.login, data.password) == (b"probe", password.encode())
        return AuthResult(success=good, handled=False, auth_data=f"{mechanism} probe" if good else None)

    return authenticate


async def main():
    port, kept, options = int(sys.argv[1]), sys.argv[2], json.loads(sys.argv[3])
    arguments = {"hostname": "keeper.example.test", "enable_SMTPUTF8": True, "ident": "keeper"}
    if "certificate" in options:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options["certificate"], options["key"])
        arguments |= {"tls_context": context, "require_starttls": True}
    if "password" in options:
        arguments |= {"authenticator": judge(options["password"]), "auth_required": True}
    if "proxy" in options:
        arguments["proxy_protocol_timeout"] = 5.0
    server = LMTP if options.get("lmtp") else SMTP
    loop = asyncio.get_running_loop()
    listener = await loop.create_server(lambda: server(Keeper(kept), loop=loop, **arguments), "127.0.0.1", port)
    async with listener:
        await listener.serve_forever()


asyncio.run(main())
