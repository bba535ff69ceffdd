"""Of what kinds the members of XFS4IoT's messages are, and how each is complained of."""

import base64
import re


class Enum:
    def __init__(self, words):
        self.words = words.split()

    def complaints(self, value, where):
        if value not in self.words:
            yield f"{where} is {value!r}, none of {self.words}"


class Kind:
    def __init__(self, kind, minimum=None, pattern=None):
        self.kind, self.minimum = kind, minimum
        self.pattern = re.compile(pattern) if pattern else None

    def complaints(self, value, where):
        if not isinstance(value, self.kind) or isinstance(value, bool) != (self.kind is bool):
            yield f"{where} is no {self.kind.__name__}"
        elif self.minimum is not None and value < self.minimum:
            yield f"{where} is less than {self.minimum}"
        elif self.pattern and not self.pattern.match(value):
            yield f"{where} is {value!r}, not {self.pattern.pattern}"


class Base64:
    def complaints(self, value, where):
        try:
            base64.b64decode(value, validate=True)
        except Exception:
            yield f"{where} is no base64"


class Object:
    """Members by name; `further` is a pattern of names and what such members are."""

    def __init__(self, members=None, needs=(), further=None):
        self.members, self.needs, self.further = members or {}, needs, further

    def complaints(self, value, where):
        if not isinstance(value, dict):
            yield f"{where} is no object"
            return
        for need in self.needs:
            if need not in value:
                yield f"{where} has no {need}"
        for name, member in value.items():
            known = self.members.get(name)
            if known is None and self.further and re.match(self.further[0], name):
                known = self.further[1]
            if known is None:
                yield f"{where} has {name}, which is not published"
            elif member is not None:
                yield from known.complaints(member, f"{where}.{name}")


class List:
    def __init__(self, item):
        self.item = item

    def complaints(self, value, where):
        if not isinstance(value, list):
            yield f"{where} is no list"
            return
        for number, item in enumerate(value):
            yield from self.item.complaints(item, f"{where}[{number}]")


class Anything:
    def complaints(self, value, where):
        return ()
