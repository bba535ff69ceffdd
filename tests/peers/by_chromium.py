"""Chromium, warm: one page that is given one document after another over its protocol."""

import asyncio
import base64
import json
import re
import subprocess
import sys
import tempfile

import aiohttp

import page
import paper

A4 = {"paperWidth": 8.27, "paperHeight": 11.69, "preferCSSPageSize": True,
      "printBackground": True, "generateTaggedPDF": True}


class Page:
    def __init__(self, line, session):
        self.line, self.session, self.number = line, session, 0

    async def ask(self, method, **parameters):
        self.number += 1
        question = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            question["sessionId"] = self.session
        await self.line.send_json(question)
        async for message in self.line:
            answer = json.loads(message.data)
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(answer["error"])
                return answer["result"]
        raise RuntimeError("Chromium ended")


async def print_all(address, orders, out):
    async with aiohttp.ClientSession() as http, http.ws_connect(
            address, max_msg_size=1 << 26) as line:
        browser = Page(line, None)
        target = (await browser.ask("Target.createTarget", url="about:blank"))["targetId"]
        session = await browser.ask("Target.attachToTarget", targetId=target, flatten=True)
        tab = Page(line, session["sessionId"])
        tab.number = 1000
        frame = (await tab.ask("Page.getFrameTree"))["frameTree"]["frame"]["id"]

        async def make(order):
            await tab.ask("Page.setDocumentContent", frameId=frame, html=page.html(order))
            return base64.b64decode((await tab.ask("Page.printToPDF", **A4))["data"])

        await make(orders[0])
        meter = paper.Meter()
        loop = asyncio.get_running_loop()
        for order in orders:
            begin = loop.time()
            pdf = await make(order)
            meter.times.append(loop.time() - begin)
        with open(out, "wb") as file:
            file.write(pdf)
        meter.report()


def main():
    orders, out = paper.orders(sys.argv[1]), sys.argv[2]
    with tempfile.TemporaryDirectory() as profile:
        chromium = subprocess.Popen(
            ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu",
             "--remote-debugging-port=0", f"--user-data-dir={profile}", "about:blank"],
            stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        try:
            for said in chromium.stderr:
                if found := re.search(r"listening on (ws://\S+)", said):
                    break
            else:
                raise RuntimeError("Chromium did not start")
            asyncio.run(print_all(found[1], orders, out))
        finally:
            chromium.terminate()
            chromium.wait()


main()
