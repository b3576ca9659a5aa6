"""A mail server on loopback for tests: aiosmtpd with STARTTLS and AUTH, or one that misbehaves.

    server.py DIRECTORY MODE [PORT]

Prints its port when it listens, writes each mail that it takes to DIRECTORY/<n>.eml, and, with TLS,
its certificate to DIRECTORY/ca.pem. It ends when its standard input does.

Modes: plain; starttls (with AUTH ada/secret, required); tls (from the first byte); refuse (550 for
each recipient); later (451 for the first two mails, then as plain); silent (never greets); cut
(closes in the middle of each first try, then as plain); mute (takes the mail and never answers QUIT).
"""

import asyncio
import os
import ssl
import subprocess
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult

directory = Path(sys.argv[1])
mode = sys.argv[2]
port = int(sys.argv[3]) if len(sys.argv) > 3 else 0


class Mailbox:
    def __init__(self):
        self.tries = 0
        self.taken = len(list(directory.glob("*.eml")))

    async def handle_RCPT(self, server, session, envelope, address, options):
        if mode == "refuse":
            return "550 5.1.1 nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 well"

    async def handle_DATA(self, server, session, envelope):
        self.tries += 1
        if mode == "later" and self.tries <= 2:
            return "451 4.3.0 come again"
        if mode == "cut" and self.tries == 1:
            server.transport.abort()
            return "250 never said"
        head = f"X-Envelope: {envelope.mail_from} {','.join(envelope.rcpt_tos)}\r\n"
        head += f"X-Session: tls={server.transport.get_extra_info('sslcontext') is not None} "
        head += f"auth={session.authenticated}\r\n"
        name = directory / f"{self.taken:05}.eml"
        self.taken += 1
        name.with_suffix(".part").write_bytes(head.encode() + envelope.content)
        os.replace(name.with_suffix(".part"), name)
        return "250 2.0.0 taken"

    async def handle_QUIT(self, server, session, envelope):
        if mode == "mute":
            await asyncio.sleep(3600)
        return "221 2.0.0 farewell"


class Silent(asyncio.Protocol):
    pass


def check(server, session, envelope, mechanism, data):
    good = data.login == b"ada" and data.password == b"secret"
    return AuthResult(success=good, handled=False)


def context():
    certificate, key = directory / "ca.pem", directory / "key.pem"
    subprocess.run(
        ["openssl", "req", "-new", "-x509", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out",
         certificate], check=True, capture_output=True)
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(certificate, key)
    return made


async def main():
    loop = asyncio.get_running_loop()
    box = Mailbox()
    tls = context() if mode in ("starttls", "tls") else None
    options = {"hostname": "localhost", "timeout": 600}
    if mode == "starttls":
        options |= {"tls_context": tls, "require_starttls": True, "auth_required": True,
                    "authenticator": check}

    def protocol():
        return Silent() if mode == "silent" else SMTP(box, **options)

    server = await loop.create_server(
        protocol, "127.0.0.1", port, ssl=tls if mode == "tls" else None)
    # In one piece: whoever started us stops reading after it.
    os.write(1, f"{server.sockets[0].getsockname()[1]}\n".encode())
    await loop.run_in_executor(None, sys.stdin.read)
    os._exit(0)


asyncio.run(main())
