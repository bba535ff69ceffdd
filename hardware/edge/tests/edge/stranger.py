"""A client of somebody else's make (aiohttp): says what it is told to on its input, tells what
it hears on its output, and lets `tests/oracle/xfs4iot.py` judge every message.

Lines in: {"send": text} or {"bytes": hex} or {"close": true}.
Lines out: {"opened": true}, {"refused": status}, {"text": text}, {"closed": code},
{"judged": [what is wrong]}.
"""

import argparse
import asyncio
import json
import os
import ssl
import sys

import aiohttp

# Nothing is left behind in the folder it comes from.
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../../../tests/oracle"))
from xfs4iot import Judge


def tell(**what):
    print(json.dumps(what), flush=True)


async def listen(socket, judge):
    async for message in socket:
        if message.type is not aiohttp.WSMsgType.TEXT:
            tell(judged=[f"a message of type {message.type}"])
            continue
        found = judge.hear(json.loads(message.data)) if judge else []
        if found:
            tell(judged=found, of=message.data)
        tell(text=message.data)
    tell(closed=socket.close_code)


async def talk(socket, judge):
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        what = json.loads(line)
        if "send" in what:
            if judge:
                try:
                    judge.send(json.loads(what["send"]))
                except (ValueError, RecursionError):
                    pass
            await socket.send_str(what["send"])
        elif "bytes" in what:
            await socket.send_bytes(bytes.fromhex(what["bytes"]))
        else:
            break
    await socket.close()


async def main():
    given = argparse.ArgumentParser()
    given.add_argument("url")
    given.add_argument("--origin")
    given.add_argument("--credentials", help="the folder of a certificate")
    given.add_argument("--trust", help="the folder of an authority")
    given.add_argument("--unjudged", action="store_true")
    given = given.parse_args()
    headers = {"Origin": given.origin} if given.origin else {}
    secure = None
    if given.trust:
        secure = ssl.create_default_context(cafile=f"{given.trust}/authority.pem")
        secure.check_hostname = False
        if given.credentials:
            folder = given.credentials
            secure.load_cert_chain(f"{folder}/certificate.pem", f"{folder}/key.pem")
    judge = None if given.unjudged else Judge()
    async with aiohttp.ClientSession() as session:
        try:
            socket = await session.ws_connect(given.url, headers=headers, ssl=secure or True)
        except aiohttp.WSServerHandshakeError as refused:
            return tell(refused=refused.status)
        except (aiohttp.ClientError, OSError) as broken:
            return tell(refused=0, why=str(broken))
        tell(opened=True)
        listening = asyncio.create_task(listen(socket, judge))
        talking = asyncio.create_task(talk(socket, judge))
        await asyncio.wait([listening, talking], return_when=asyncio.FIRST_COMPLETED)
        await socket.close()
    os._exit(0)


asyncio.run(main())
