"""Python's `websockets` as a client of `atrium serve` with the sample resources: `realtime.py PORT PID`.

Live events as docs/realtime.md describes them, by a client that has nothing in common with ours: how one
signs in, listens, is told, comes back, and is sent away. The last check ends the server.
"""

import asyncio
import base64
import itertools
import json
import os
import signal
import sys
import urllib.error
import urllib.request

from checks import check, closed, raw, run, url
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.frames import Frame, Opcode

NAMES = itertools.count()
PASSWORD = "Correct-horse-1"


def call(method, path, body=None, headers=None):
    """The status, and the body as JSON."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{sys.argv[1]}{path}", method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json", **(headers or {})})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.loads(answer.read() or b"null"), answer.headers
    except urllib.error.HTTPError as error:
        return error.code, None, error.headers


class User:
    """Somebody who has registered."""

    def __init__(self):
        self.email = f"listener{next(NAMES)}@example.com"
        status, body, _ = call("POST", "/api/v1/auth/register", {
            "email": self.email, "password": PASSWORD, "name": "Listener"})
        assert status == 201, status
        self.id = body["user"]["id"]
        self.token = body["tokens"]["accessToken"]
        self.refresh = body["tokens"]["refreshToken"]

    @property
    def bearer(self):
        return {"Authorization": f"Bearer {self.token}"}

    def ask(self, method, path, body=None):
        return call(method, "/api/v1/" + path, body, self.bearer)

    def make(self, name):
        status, body, _ = self.ask("POST", "items", {"name": name})
        assert status == 201, status
        return body["id"]


def live(user=None, path="/api/websocket", **options):
    headers = {**(user.bearer if user else {}), **options.pop("additional_headers", {})}
    return connect(url(path), additional_headers=headers, max_size=None, **options)


async def say(connection, **message):
    await connection.send(json.dumps(message))


async def hear(connection, kind=None):
    """The next message, or the next of a type."""
    while True:
        message = json.loads(await asyncio.wait_for(connection.recv(), 30))
        if kind is None or message["type"] == kind:
            return message


async def ask(connection, **message):
    """What is answered to a message; others are passed over."""
    await say(connection, id="asked", **message)
    while True:
        answer = await hear(connection)
        if answer.get("id") == "asked":
            return answer


async def greeted(connection, user):
    hello = await hear(connection)
    assert hello["type"] == "hello", hello
    assert hello["user"] == (user.id if user else None), hello


# Signing in


@check
async def a_bearer_token_signs_in_on_both_paths():
    user = User()
    for path in ["/api/websocket", "/api/realtime"]:
        async with live(user, path) as connection:
            await greeted(connection, user)


@check
async def a_subprotocol_carries_a_token_and_is_not_repeated():
    user = User()
    offered = ["atrium", f"bearer.{user.token}"]
    async with live(subprotocols=offered) as connection:
        assert connection.subprotocol == "atrium"
        await greeted(connection, user)


@check
async def the_first_message_signs_in():
    user = User()
    async with live() as connection:
        await greeted(connection, None)
        answer = await ask(connection, type="auth", token=user.token)
        assert (answer["type"], answer["user"]) == ("ack", user.id), answer
        answer = await ask(connection, type="auth", token=user.token)
        assert answer["code"] == "ALREADY_SIGNED_IN", answer


@check
async def a_browser_cookie_counts_from_its_own_page_only():
    origin = os.environ["ATRIUM_ORIGIN"]
    status, _, headers = call(
        "POST", "/api/auth/sign-up/email",
        {"email": f"cookie{next(NAMES)}@example.com", "password": PASSWORD, "name": "Ada"},
        {"Origin": origin})
    assert status == 200, status
    cookie = {"Cookie": headers["Set-Cookie"].split(";")[0]}
    async with live(additional_headers=cookie, origin=origin) as connection:
        assert (await hear(connection))["user"] is not None
    for other in ["https://evil.example", "null"]:
        assert await refused(additional_headers=cookie, origin=other) == (403, b"Forbidden")


async def refused(user=None, **options):
    """The status and the body of a handshake that is refused."""
    try:
        async with live(user, **options):
            return None
    except InvalidStatus as error:
        return error.response.status_code, error.response.body


@check
async def a_wrong_token_opens_nothing():
    wrong = {"Authorization": "Bearer x.y.z"}
    assert await refused(additional_headers=wrong) == (401, b"Unauthorized")
    status, body = await refused(additional_headers={**wrong, "Accept": "application/json"})
    assert status == 401 and "UNAUTHORIZED" in json.dumps(json.loads(body)), body
    assert await refused(subprotocols=["atrium", "bearer.x"]) == (401, b"Unauthorized")


@check
async def an_api_key_listens_to_what_its_scopes_open():
    user = User()
    status, body, _ = user.ask("POST", "api-keys", {"name": "Live", "scopes": ["items:read"]})
    assert status == 201, status
    async with live(additional_headers={"x-api-key": body["key"]}) as connection:
        await hear(connection, "hello")
        assert (await ask(connection, type="subscribe", topic="resources/items"))["type"] == "ack"
        answer = await ask(connection, type="subscribe", topic="resources/item_notes")
        assert answer["code"] == "MISSING_SCOPE", answer


# Listening


@check
async def what_is_written_is_told_to_who_may_read_it():
    user, other = User(), User()
    async with live(user) as own, live(other) as foreign:
        for connection in [own, foreign]:
            answer = await ask(connection, type="subscribe", topic="resources/items")
            assert answer["type"] == "ack" and answer["seq"] >= 0, answer
        item = user.make("first")
        assert user.ask("PATCH", f"items/{item}", {"name": "second"})[0] == 200
        assert user.ask("DELETE", f"items/{item}")[0] in (200, 204)
        told = [await hear(own, "event") for _ in range(3)]
        assert [event["kind"] for event in told] == ["created", "updated", "deleted"], told
        assert {event["row"] for event in told} == {item}
        assert [event.get("data", {}).get("name") for event in told[:2]] == ["first", "second"]
        assert told[0]["seq"] < told[1]["seq"] < told[2]["seq"]
        theirs = other.make("third")
        event = await hear(foreign, "event")
        assert event["row"] == theirs, event
        pong = await ask(own, type="ping")
        assert pong["type"] == "pong" and pong["seq"] >= told[2]["seq"], pong


@check
async def one_row_is_a_topic():
    user = User()
    async with live(user) as connection, live(user) as witness:
        await ask(witness, type="subscribe", topic="resources/items")
        item, other = user.make("one"), user.make("two")
        # The node has told of both: who comes now comes after it.
        assert [(await hear(witness, "event"))["row"] for _ in range(2)] == [item, other]
        await ask(connection, type="subscribe", topic=f"resources/items/{item}")
        user.ask("PATCH", f"items/{other}", {"name": "not heard"})
        user.ask("PATCH", f"items/{item}", {"name": "heard"})
        event = await hear(connection, "event")
        assert (event["row"], event["data"]["name"]) == (item, "heard"), event


@check
async def who_comes_back_is_told_what_he_missed_once_and_in_order():
    user = User()
    async with live(user) as connection:
        seq = (await ask(connection, type="subscribe", topic="resources/items"))["seq"]
        user.make("before")
        seq = (await hear(connection, "event"))["seq"]
    missed = [user.make(f"missed {number}") for number in range(50)]
    async with live(user) as connection:
        await say(connection, type="subscribe", id=1, topic="resources/items", since=seq)
        user.make("after")
        told = [await hear(connection, "event") for _ in range(51)]
        assert [event["row"] for event in told[:50]] == missed
        assert told[50]["data"]["name"] == "after"
        numbers = [event["seq"] for event in told]
        assert numbers == sorted(set(numbers)) and numbers[0] > seq
    async with live(user) as connection:
        answer = await ask(
            connection, type="subscribe", topic="resources/items", since=numbers[-1] + 10_000)
        assert answer["type"] in ("ack", "error"), answer


@check
async def who_leaves_a_topic_hears_no_more_of_it():
    user = User()
    async with live(user) as connection, live(user) as other:
        for one in [connection, other]:
            await ask(one, type="subscribe", topic="resources/items")
        assert (await ask(connection, type="unsubscribe", topic="resources/items"))["type"] == "ack"
        unheard = user.make("unheard")
        # Once another has heard of it, whoever still listened would have, too.
        assert (await hear(other, "event"))["row"] == unheard
        await say(connection, type="ping", id=1)
        assert (await hear(connection))["type"] == "pong"
        await ask(connection, type="subscribe", topic="resources/items")
        item = user.make("heard")
        assert (await hear(connection, "event"))["row"] == item
        answer = await ask(connection, type="unsubscribe", topic="resources/item_notes")
        assert answer["code"] == "NOT_SUBSCRIBED", answer


@check
async def what_cannot_be_done_is_said_and_the_connection_stays():
    user = User()
    async with live(user) as connection:
        await hear(connection, "hello")
        for text in ["", "{", "[]", "5", '{"type":5}', '{"type":"ping","id":{}}']:
            await connection.send(text)
            assert (await hear(connection))["code"] == "BAD_MESSAGE", text
        for message, code in [
            ({"type": "juggle"}, "UNKNOWN_TYPE"), ({"type": "subscribe"}, "BAD_TOPIC"),
            ({"type": "subscribe", "topic": "resources/nothing"}, "TOPIC_NOT_FOUND"),
            ({"type": "subscribe", "topic": "resources/items", "since": "x"}, "BAD_SINCE"),
        ]:
            answer = await ask(connection, **message)
            assert answer.get("code") == code, (message, answer)
        await ask(connection, type="subscribe", topic="resources/items")
        answer = await ask(connection, type="subscribe", topic="resources/items")
        assert answer["code"] == "ALREADY_SUBSCRIBED", answer
        assert (await ask(connection, type="ping"))["type"] == "pong"


# Being sent away


@check
async def what_is_no_text_or_too_long_is_closed_with_its_code():
    user = User()
    for message, code in [(b"binary", 1003), ("x" * (65 * 1024), 1009)]:
        async with live(user) as connection:
            await connection.send(message)
            assert (await closed(connection))[0] == code, code


@check
async def what_breaks_the_protocol_is_closed_with_its_code():
    user = User()
    for frame, code in [(Frame(Opcode.TEXT, b"\xff"), 1007), (Frame(Opcode.CONT, b"x"), 1002)]:
        async with live(user) as connection:
            await raw(connection, frame)
            assert (await closed(connection))[0] == code, frame
    # What the client's library would not write.
    reserved_bit, ping_in_fragments, no_mask = b"\xc1\x81\0\0\0\0a", b"\x09\x80\0\0\0\0", b"\x81\x01a"
    for frame in [reserved_bit, ping_in_fragments, no_mask]:
        async with live(user) as connection:
            connection.transport.write(frame)
            assert (await closed(connection))[0] == 1002, frame


@check
async def who_says_far_too_much_is_closed_with_1008():
    user = User()
    async with live(user) as connection:
        # As many as the server takes from anybody, and a few more.
        try:
            for number in range(1200):
                await say(connection, type="ping", id=number)
        except Exception:  # It has closed meanwhile, which is what is looked at.
            pass
        code, reason = await closed(connection)
        assert code == 1008 and reason.startswith("RATE_LIMITED"), (code, reason)


@check
async def who_signs_out_loses_his_connections():
    user = User()
    async with live(user) as connection:
        await greeted(connection, user)
        status, _, _ = user.ask("POST", "auth/logout", {"refreshToken": user.refresh})
        assert status in (200, 204), status
        code, _ = await closed(connection)
        assert code == 4401, code


@check
async def who_is_nobody_and_listens_to_nothing_may_not_stay():
    async with live() as connection:
        await greeted(connection, None)
        code, _ = await closed(connection)
        assert code == 4401, code


@check
async def a_handshake_may_bring_what_the_client_likes():
    key = base64.b64encode(os.urandom(16)).decode()
    async with live(User(), compression="deflate", additional_headers={"X-Key": key}) as connection:
        assert "Sec-WebSocket-Extensions" not in connection.response.headers
        assert (await ask(connection, type="ping"))["type"] == "pong"


@check
async def two_hundred_clients_of_three_users_hear_the_same():
    users = [User() for _ in range(3)]

    async def one(user, ready):
        async with live(user) as connection:
            await ask(connection, type="subscribe", topic="resources/items")
            ready.release()
            return [(await hear(connection, "event"))["row"] for _ in range(5)]

    ready = asyncio.Semaphore(0)
    listening = [(user, asyncio.create_task(one(user, ready))) for user in users * 70]
    for _ in listening:
        await ready.acquire()
    made = {user: [await asyncio.to_thread(user.make, f"item {number}") for number in range(5)]
            for user in users}
    for user, hearing in listening:
        assert await hearing == made[user]


@check
async def one_user_has_so_many_connections_and_no_more():
    user = User()
    held = [await live(user) for _ in range(100)]
    for connection in held:
        await greeted(connection, user)
    async with live(user) as connection:
        code, reason = await closed(connection)
        assert code == 4429 and reason.startswith("TOO_MANY_CONNECTIONS"), (code, reason)
    await held.pop().close()
    async with live(user) as connection:
        await greeted(connection, user)
    for connection in held:
        await connection.close()


@check
async def a_server_that_stops_says_when_to_come_back():
    user = User()
    async with live(user) as connection:
        await greeted(connection, user)
        os.kill(int(sys.argv[2]), signal.SIGTERM)
        farewell = await hear(connection, "reconnect")
        assert 0 <= farewell["after"] <= 5000, farewell
        code, _ = await closed(connection)
        assert code == 1001, code


run()
