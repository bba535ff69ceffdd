"""A mailbox that lies: two messages, of which the first cannot be had.

usage: lying_mailbox.py FOLDER CERTIFICATE KEY giant|vanish
Writes its port to FOLDER/lying-port; every move it is asked for to FOLDER/moved.
"""

import pathlib
import re
import socket
import ssl
import sys
import threading

folder, mood = pathlib.Path(sys.argv[1]), sys.argv[4]
LETTER = b"From: na@example.org\r\nMessage-ID: <second@example.org>\r\nSubject: second\r\n\r\nhello\r\n"


def fetched(uid, what):
    if "SIZE" in what:
        return b"* %d FETCH (UID %d RFC822.SIZE 100)\r\n" % (uid, uid)
    if uid == 2:
        return b"* 2 FETCH (UID 2 BODY[] {%d}\r\n%s)\r\n" % (len(LETTER), LETTER)
    if mood == "giant":
        return b"* 1 FETCH (UID 1 BODY[] {500000000}\r\n" + b"x" * 100_000
    return b"* 1 FETCH (UID 1 BODY[] {90}\r\nFrom: half"


def answer(line, gone):
    if found := re.match(r"UID FETCH (\d+) (.*)", line):
        return fetched(int(found[1]), found[2])
    if line.startswith("UID SEARCH"):
        return b"* SEARCH " + b" ".join(it for it in (b"1", b"2") if it not in gone) + b"\r\n"
    if line.startswith("SELECT"):
        return b"* 2 EXISTS\r\n* OK [UIDVALIDITY 7] here\r\n"
    if found := re.match(r"UID MOVE (\d+)", line):
        gone.add(found[1].encode())
        with (folder / "moved").open("a") as moved:
            moved.write(found[1] + "\n")
    return b""


def serve(line, gone):
    line.sendall(b"* OK here\r\n")
    for said in line.makefile("r", newline="\r\n"):
        if said.strip() == "DONE":
            line.sendall(idle + b" OK done\r\n")
            continue
        tag, words = said.strip().split(" ", 1)
        tag = tag.encode()
        if words == "IDLE":
            idle = tag
            line.sendall(b"+ idling\r\n")
            continue
        said = answer(words, gone)
        line.sendall(said)
        if said.endswith(b"half"):
            line.close()
            return
        if not said.endswith(b"x"):
            line.sendall(tag + b" OK done\r\n")


def session(plain, context, gone):
    try:
        serve(context.wrap_socket(plain, server_side=True), gone)
    except OSError:
        pass


context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[2], sys.argv[3])
listener = socket.create_server(("127.0.0.1", 0))
(folder / "port.part").write_text(str(listener.getsockname()[1]))
(folder / "port.part").rename(folder / "lying-port")
gone = set()
while True:
    plain, _ = listener.accept()
    threading.Thread(target=session, args=(plain, context, gone), daemon=True).start()
