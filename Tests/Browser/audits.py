"""Checks that a script can make: names, order, contrast, focus, width, weight, and odd conditions."""

import audit
from pages import HEIGHTS, PASSWORD, field, open_page, send
from report import equal, none

VIEWS = {
    "the landing page": "/",
    "the overview": "/docs",
    "a surface": "/docs#surface/v1",
    "an operation": "/docs#v1Register",
    "an operation without a body": "/docs#v1Me",
    "no such operation": "/docs#nothing",
    "the mails": "/dev/mail",
    "live events": "/docs/realtime",
    "the end of a link": "/auth/reset-password#token=x",
    "where a code chooses a password": "/auth/reset-password#by-code",
    "where a code is typed": "/auth/confirm",
}


def run(browser, origin, report):
    for what, path in VIEWS.items():
        with report.group(f"{what}: structure, names, contrast, the Tab key"):
            with open_page(browser, origin, path) as (page, watch):
                audit.look(page, what)
                audit.follow_tab(page, what)
                none(watch.errors + watch.outside, f"complaints of {what}")
    with report.group("an answer and the dialog: structure, names, contrast, the Tab key"):
        tried(browser, origin)
    with report.group("nothing is wider than 360, 768 or 1440 pixels"):
        widths(browser, origin)
    with report.group("on a narrow screen the operations are behind a button"):
        narrow(browser, origin)
    with report.group(f"a cold visit of the reference weighs less than {audit.WEIGHT} bytes"):
        audit.weigh(browser, origin, "/docs#v1Register")
    with report.group("without JavaScript the landing page says all, the reference says where to look"):
        scriptless(browser, origin)
    with report.group("who wants no motion sees none, and paper shows no controls"):
        media(browser, origin)


def tried(browser, origin):
    with open_page(browser, origin, "/docs#v1Register") as (page, _):
        field(page, "email").fill("not an address")
        field(page, "password").fill(PASSWORD)
        equal(send(page), "400", "status of what is refused")
        audit.look(page, "an answer")
        audit.follow_tab(page, "an answer")
        page.get_by_role("radio", name="JSON").check()
        audit.look(page, "the JSON editor")
        page.get_by_role("button", name="Token: none").click()
        audit.look(page, "the dialog")


def widths(browser, origin):
    for what, path in VIEWS.items():
        with open_page(browser, origin, path) as (page, _):
            for details in page.locator("details").all():
                details.evaluate("e => { e.open = true }")
            audit.prepare(page)
            for width, height in HEIGHTS.items():
                page.set_viewport_size({"width": width, "height": height})
                audit.fits(page, what)


def narrow(browser, origin):
    with open_page(browser, origin, "/docs", width=360) as (page, _):
        links = page.get_by_role("navigation", name="Operations")
        equal(links.is_visible(), False, "the list is shown at first")
        menu = page.get_by_role("button", name="Operations")
        menu.press("Enter")
        equal(menu.get_attribute("aria-expanded"), "true", "aria-expanded")
        audit.look(page, "the open list")
        page.keyboard.press("Escape")
        equal(links.is_visible(), False, "the list is shown after Escape")
        menu.click()
        links.locator("a[href='#v1Me']").click()
        page.get_by_role("heading", level=1, name="The user who is signed in").wait_for()
        equal(links.is_visible(), False, "the list is shown after a choice")


def scriptless(browser, origin):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(origin)
    for text in ("A first request", "/api/v1/auth/register", "Surfaces", "For operators"):
        equal(text in page.content(), True, f"{text!r} is in the page")
    page.goto(origin + "/docs")
    equal("This page needs JavaScript" in page.content(), True, "the reference says what it needs")
    context.close()


def media(browser, origin):
    with open_page(browser, origin, "/docs#v1Me") as (page, _):
        page.emulate_media(reduced_motion="reduce")
        moving = page.evaluate(
            "[...document.querySelectorAll('*')].filter(e => getComputedStyle(e)"
            ".transitionDuration.split(', ').some(t => t !== '0s')).length"
        )
        equal(moving, 0, "elements with a transition")
        page.emulate_media(media="print")
        for name in ("#navigation", ".bar", ".trial"):
            equal(page.locator(name).is_visible(), False, f"{name} is printed")
