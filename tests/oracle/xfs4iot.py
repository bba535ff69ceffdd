"""Judges XFS4IoT messages by the published ones (`xfs4iot_messages.py`), and their order: a
command is acknowledged once and first, then come its events, then one completion, and then
nothing more. What is not published a client need not expect.
"""

from xfs4iot_kinds import Anything, Kind, Object
from xfs4iot_messages import COMPLETIONS, EVENTS, HEADERS, MESSAGE_NAME, TEXT, UNSOLICITED

VERSION = r"^[0-9]+\.[0-9]+$"


class Judge:
    """Of one client's line: what it sent, what it was told."""

    def __init__(self):
        # The requests sent and not yet acknowledged, and those taken and not yet completed.
        self.sent, self.taken = {}, {}

    def send(self, message):
        """A command went out; whatever is none may be answered in one way only."""
        header = message.get("header") if isinstance(message, dict) else None
        if isinstance(header, dict):
            self.sent.setdefault(header.get("requestId"), []).append(header.get("name"))

    def hear(self, message):
        """What is wrong with a message that came."""
        whole = Object({"header": Object(further=(r"", Anything())), "payload": Anything()}, ["header"])
        found = list(whole.complaints(message, "message"))
        if found:
            return found
        header, payload = message["header"], message.get("payload", {})
        kind = header.get("type")
        if kind not in HEADERS:
            return [f"header.type is {kind!r}"]
        members = {
            "type": TEXT,
            "name": Kind(str, pattern=MESSAGE_NAME),
            "version": Kind(str, pattern=VERSION),
            "requestId": Kind(int, 1),
            **HEADERS[kind],
        }
        needs = ["type", "name", "version"]
        needs += ["completionCode"] if kind == "completion" else []
        needs += ["requestId"] if kind in ("completion", "event") else []
        found += Object(members, needs).complaints(header, "header")
        found += getattr(self, kind)(header, payload) if not found else []
        return found

    def acknowledge(self, header, payload):
        if payload:
            yield "an acknowledgement carries a payload"
        number, name, refused = header.get("requestId"), header["name"], header.get("status")
        if refused:
            return
        if name not in self.sent.get(number, []):
            yield f"{name} {number} is acknowledged, and nobody asked for it"
            return
        self.sent[number].remove(name)
        if number in self.taken:
            yield f"{number} is taken twice"
        self.taken[number] = name

    def completion(self, header, payload):
        number, name, code = header["requestId"], header["name"], header["completionCode"]
        if self.taken.pop(number, None) != name:
            yield f"{name} {number} is completed, and was not acknowledged or was completed before"
        if (code == "commandErrorCode") != ("errorCode" in payload):
            yield f"{code} goes with the payload {payload}"
        published = COMPLETIONS.get(name)
        if published:
            yield from published.complaints(payload, name)
        elif code not in ("unsupportedCommand", "invalidCommand"):
            yield f"{name} is not published"

    def event(self, header, payload):
        if header["requestId"] not in self.taken:
            yield f"{header['name']} belongs to no command that runs"
        yield from self.published(EVENTS, header, payload)

    def unsolicited(self, header, payload):
        if "requestId" in header:
            yield "an unsolicited event has a requestId"
        yield from self.published(UNSOLICITED, header, payload)

    def published(self, events, header, payload):
        published = events.get(header["name"])
        if published is None:
            yield f"{header['name']} is no such event"
        else:
            yield from published.complaints(payload, header["name"])

