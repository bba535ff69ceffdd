"""pymodbus asks a module on the line that is named, and prints what it understood."""

import sys

from pymodbus.client import ModbusSerialClient
from pymodbus.exceptions import ModbusIOException

client = ModbusSerialClient(sys.argv[1], baudrate=19200, timeout=2, retries=0)
assert client.connect()


def bits(answer):
    return "".join(str(int(it)) for it in answer.bits[:5])


print("inputs", bits(client.read_discrete_inputs(0, count=5, device_id=1)))
print("coils", bits(client.read_coils(0, count=5, device_id=1)))
written = client.write_coils(0, [True, False, True, True, False], device_id=1)
print("refused" if written.isError() else "set")
print("coils", bits(client.read_coils(0, count=5, device_id=1)))
print("exception", client.read_discrete_inputs(3, count=5, device_id=1).exception_code)
print("exception", client.read_holding_registers(0, count=1, device_id=1).exception_code)
try:
    client.read_coils(0, count=5, device_id=2)
    print("somebody")
except ModbusIOException:
    print("nobody")
