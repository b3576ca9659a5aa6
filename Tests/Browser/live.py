"""Listens to live events in a browser, and breaks the connection."""

from pages import PASSWORD, open_page
from report import equal, none


def run(browser, origin, report):
    with report.group("S4-13: live events come as they happen, and none is lost when the connection breaks"):
        following(browser, origin)
    with report.group("who may not listen is told so"):
        refused(browser, origin)


def make(page, origin, token, name):
    answer = page.request.post(
        origin + "/api/v1/items", data={"name": name}, headers={"Authorization": f"Bearer {token}"}
    )
    equal(answer.status, 201, f"status of {name}")


def following(browser, origin):
    with open_page(browser, origin, "/docs/realtime") as (page, watch):
        user = {"email": "live@example.com", "password": PASSWORD, "name": "Live"}
        answer = page.request.post(origin + "/api/v1/auth/register", data=user)
        token = answer.json()["tokens"]["accessToken"]
        page.get_by_label("Access token").fill(token)
        page.get_by_role("button", name="Listen").click()
        events = page.locator("#events")
        events.get_by_text("Listening to resources/items").wait_for()
        equal(page.locator("#state").inner_text(), "Connected", "the state")
        make(page, origin, token, "Before")
        events.get_by_text('"name": "Before"').wait_for()
        page.get_by_role("button", name="Break the connection").click()
        for number in range(5):
            make(page, origin, token, f"Meanwhile {number}")
        events.get_by_text('"name": "Meanwhile 4"').wait_for()
        make(page, origin, token, "After")
        events.get_by_text('"name": "After"').wait_for()
        lines = events.locator(".event strong").all_inner_texts()
        numbers = [int(line.split()[0]) for line in reversed(lines)]
        equal(len(numbers), 7, "events")
        equal(numbers, sorted(set(numbers)), "once, and in order")
        page.get_by_role("button", name="Leave").click()
        equal(page.locator("#state").inner_text(), "Not connected", "the state")
        none(watch.errors, "complaints")


def refused(browser, origin):
    with open_page(browser, origin, "/docs/realtime") as (page, _):
        page.get_by_role("button", name="Listen").click()
        page.locator("#problem").get_by_text("Not authenticated").wait_for()
        page.get_by_label("Access token").fill("nonsense")
        page.get_by_role("button", name="Listen").click()
        page.locator("#problem").get_by_text("does not know the token").wait_for()
