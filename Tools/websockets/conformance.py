"""Python's `websockets` as a client of `echo-websocket`: `conformance.py PORT`.

One line for each check, and a last line with their number. Its parser and ours have no author in
common, so that a mistake cannot be on both sides.
"""

import asyncio
import socket
import sys

from checks import check, closed, raw, run, url
from websockets.asyncio.client import connect
from websockets.frames import Frame, Opcode


def echo(**options):
    return connect(url("/echo"), max_size=None, **options)


@check
async def text_comes_back():
    async with echo() as connection:
        for text in ["", "a", "Hello", "κόσμε", "\U0001f600" * 100, "x" * 125, "x" * 126]:
            await connection.send(text)
            assert await connection.recv() == text


@check
async def bytes_come_back():
    async with echo() as connection:
        for size in [0, 1, 125, 126, 127, 65_535, 65_536, 200_000]:
            data = bytes(index * 7 % 256 for index in range(size))
            await connection.send(data)
            assert await connection.recv() == data


@check
async def a_megabyte_comes_back_and_no_more():
    async with echo() as connection:
        await connection.send(b"x" * (1 << 20))
        assert await connection.recv() == b"x" * (1 << 20)
        await connection.send(b"x" * ((1 << 20) + 1))
        assert (await closed(connection))[0] == 1009


@check
async def fragments_are_put_together():
    async with echo() as connection:
        await connection.send(["Hel", "", "lo ", "wörld"])
        assert await connection.recv() == "Hello wörld"
        await connection.send([b"\xff", b"\xfe" * 70_000])
        assert await connection.recv() == b"\xff" + b"\xfe" * 70_000


@check
async def a_ping_between_fragments_is_answered():
    async with echo() as connection:
        await raw(connection, Frame(Opcode.TEXT, b"Hel", fin=False))
        pong = await connection.ping(b"between")
        await asyncio.wait_for(pong, 10)
        await raw(connection, Frame(Opcode.CONT, b"lo"))
        assert await connection.recv() == "Hello"


@check
async def pings_are_answered_with_their_payload():
    async with echo() as connection:
        for payload in [b"", b"a", b"\x00\xff", b"x" * 125]:
            await asyncio.wait_for(await connection.ping(payload), 10)


@check
async def many_messages_keep_their_order():
    async with echo() as connection:
        async def send():
            for number in range(2000):
                await connection.send(str(number))

        sending = asyncio.create_task(send())
        for number in range(2000):
            assert await connection.recv() == str(number)
        await sending


@check
async def the_client_closes():
    for code in [1000, 1001, 1011, 3000, 4999]:
        async with echo() as connection:
            await connection.close(code, "bye")
            assert connection.close_code == code
            assert connection.state.name == "CLOSED"


@check
async def the_server_closes_with_code_and_reason():
    for code in [1000, 1001, 1003, 1008, 1011, 1013, 3000, 4001]:
        async with connect(url(f"/close?{code}")) as connection:
            await connection.send("because")
            assert await closed(connection) == (code, "because")


@check
async def the_server_sends_without_being_asked():
    async with connect(url("/push?5000")) as connection:
        numbers = [int(message) async for message in connection]
        assert numbers == list(range(5000))
        assert (connection.close_code, connection.close_reason) == (1000, "that was all")


@check
async def a_subprotocol_is_agreed_on():
    for offered, agreed in [(["chat", "echo"], "chat"), (["x", "echo"], "echo"), (["x"], None)]:
        async with echo(subprotocols=offered) as connection:
            assert connection.subprotocol == agreed
    async with echo() as connection:
        assert connection.subprotocol is None


@check
async def compression_is_not_agreed_on():
    async with echo(compression="deflate") as connection:
        assert "Sec-WebSocket-Extensions" not in connection.response.headers
        await connection.send("x" * 10_000)
        assert await connection.recv() == "x" * 10_000


@check
async def text_that_is_no_utf8_is_refused():
    async with echo() as connection:
        await raw(connection, Frame(Opcode.TEXT, b"abc\xff"))
        assert (await closed(connection))[0] == 1007


@check
async def frames_against_the_rules_are_refused():
    reserved_bit = b"\xc1\x81\0\0\0\0a"
    reserved_opcode = b"\x83\x80\0\0\0\0"
    continuation_of_nothing = b"\x80\x80\0\0\0\0"
    ping_in_fragments = b"\x09\x80\0\0\0\0"
    no_mask = b"\x81\x01a"
    for frame in [
        reserved_bit, reserved_opcode, continuation_of_nothing, ping_in_fragments, no_mask,
    ]:
        async with echo() as connection:
            connection.transport.write(frame)
            assert (await closed(connection))[0] == 1002


@check
async def another_version_is_told_ours():
    head = exchange(
        "GET /echo HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 12\r\n\r\n"
    )
    assert head.startswith("HTTP/1.1 426 ")
    assert "sec-websocket-version: 13" in head.lower()


@check
async def a_plain_request_is_told_to_upgrade():
    head = exchange("GET /echo HTTP/1.1\r\nHost: a\r\n\r\n")
    assert head.startswith("HTTP/1.1 426 ")
    assert "upgrade: websocket" in head.lower()


def exchange(request):
    with socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=10) as connection:
        connection.sendall(request.encode())
        answer = b""
        while b"\r\n\r\n" not in answer:
            more = connection.recv(4096)
            if not more:
                break
            answer += more
        return answer.decode()


@check
async def a_thousand_clients_are_served_at_once():
    async def one(number):
        async with echo() as connection:
            await connection.send(str(number))
            return await connection.recv() == str(number)

    gate = asyncio.Semaphore(200)

    async def guarded(number):
        async with gate:
            return await one(number)

    assert all(await asyncio.gather(*(guarded(number) for number in range(1000))))


run()
