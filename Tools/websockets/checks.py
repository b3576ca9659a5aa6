"""What the scripts beside this one have in common: a list of checks, and what a check needs."""

import asyncio
import sys

import websockets

CHECKS = []


def check(function):
    CHECKS.append(function)
    return function


def url(path):
    return f"ws://127.0.0.1:{sys.argv[1]}{path}"


async def closed(connection):
    """The code and the reason that the server closed with."""
    try:
        while True:
            await connection.recv()
    except websockets.ConnectionClosed as error:
        return (error.rcvd.code, error.rcvd.reason) if error.rcvd else None


async def raw(connection, frame):
    """Sends a frame that the client itself would not."""
    connection.transport.write(frame.serialize(mask=True))


async def main():
    failed = 0
    for function in CHECKS:
        try:
            await asyncio.wait_for(function(), 60)
            print("ok", function.__name__.replace("_", " "), flush=True)
        except Exception as error:  # Whatever it is, the others are run.
            failed += 1
            print("FAILED", function.__name__.replace("_", " "), repr(error), flush=True)
    print(f"TOTAL: {len(CHECKS) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


def run():
    asyncio.run(main())
