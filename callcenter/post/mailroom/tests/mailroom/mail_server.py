"""A mail server that is not ours: takes letters into a folder, as its mood lets it.

usage: mail_server.py FOLDER CERTIFICATE KEY
Writes its port to FOLDER/port. FOLDER/mood holds one of: well, defer, refuse,
forget (hangs up after it was given a letter and took it).
"""

import asyncio
import pathlib
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

folder = pathlib.Path(sys.argv[1])


class Office:
    def __init__(self):
        self.taken = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        mood = (folder / "mood").read_text().strip()
        if mood == "defer":
            return "451 4.3.2 later"
        if mood == "refuse":
            return "550 5.1.1 nobody of this name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.taken += 1
        letter = folder / "letters" / f"{self.taken:04}.eml"
        letter.with_suffix(".part").write_bytes(envelope.content)
        letter.with_suffix(".part").rename(letter)
        if (folder / "mood").read_text().strip() == "forget":
            server.transport.abort()
        return "250 OK"


def authenticate(server, session, envelope, mechanism, given):
    right = (given.login, given.password) == (b"minwon", b"outgoing-secret")
    return AuthResult(success=right)


async def serve():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[2], sys.argv[3])
    office = Office()

    def session():
        return SMTP(
            office,
            tls_context=context,
            require_starttls=True,
            authenticator=authenticate,
            auth_required=True,
        )

    server = await asyncio.get_running_loop().create_server(session, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    (folder / "port.part").write_text(str(port))
    (folder / "port.part").rename(folder / "port")
    await server.serve_forever()


asyncio.run(serve())
