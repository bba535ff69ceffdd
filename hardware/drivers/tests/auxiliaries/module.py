"""pymodbus as an input and output module on a pseudo-terminal.

The first line it prints is the terminal's name. `input PLACE 0|1` on its standard input opens
or closes a contact, `refuse CODE` makes it refuse everything (0 ends that); whatever it is told
of its coils it prints, as `coils 01001`.
"""

import asyncio
import os
import pty
import select
import sys
import threading
import tty

from pymodbus import FramerType
from pymodbus.constants import ExcCodes
from pymodbus.server import ModbusSerialServer
from pymodbus.simulator import DataType, SimData, SimDevice

inputs = [True, True, False, False, False]
refusal = 0


def say(text):
    print(text, flush=True)


def line():
    """Two terminals joined, as by a cable: one end's name for each side."""
    masters, names = [], []
    for _ in range(2):
        master, slave = pty.openpty()
        tty.setraw(master)
        tty.setraw(slave)
        masters.append(master)
        names.append(os.ttyname(slave))

    def carry():
        while True:
            for master in select.select(masters, [], [])[0]:
                other = masters[1 - masters.index(master)]
                os.write(other, os.read(master, 256))

    threading.Thread(target=carry, daemon=True).start()
    return names


async def asked(function, _start, _address, _count, registers, values):
    if refusal:
        return ExcCodes(refusal)
    if function == 2:
        # Sixteen contacts are one register.
        registers[0] = sum(closed << place for place, closed in enumerate(inputs))
    if function == 15:
        say("coils " + "".join(str(int(lit)) for lit in values))
    return None


def obey():
    global refusal
    for order in sys.stdin:
        match order.split():
            case ["input", place, closed]:
                inputs[int(place)] = closed == "1"
            case ["refuse", code]:
                refusal = int(code)
        say("done")


async def main():
    ours, theirs = line()
    bits = [SimData(0, values=False, datatype=DataType.BITS)]
    words = [SimData(0, values=0, datatype=DataType.REGISTERS)]
    device = SimDevice(7, simdata=(bits, bits, words, words), action=asked)
    server = ModbusSerialServer(
        device, framer=FramerType.RTU, port=theirs, baudrate=19200, ignore_missing_devices=True
    )
    threading.Thread(target=obey, daemon=True).start()
    say(ours)
    await server.serve_forever()


asyncio.run(main())
