"""What people do with the pages, from the landing page on."""

import shlex

from pages import PASSWORD, choose, field, open_page, send
from report import equal, none


def run(browser, origin, report):
    # S0-12
    with report.group("S0-12: from the landing page: search, register, take the token, call me"):
        first_hour(browser, origin)
    with report.group("a session: sign up through Compat, and the browser's cookie is enough"):
        session(browser, origin)
    # S3-10, S3-12
    with report.group("a declared resource: make an item, find it in the list"):
        resource(browser, origin)
    with report.group("search: by path, by code, with /, nothing found"):
        searching(browser, origin)
    with report.group("deep links, back and forward, with the focus on the heading"):
        history(browser, origin)
    with report.group("the body as JSON and back"):
        editor(browser, origin)
    with report.group("curl says the same, and the button copies it"):
        curl(browser, origin)
    with report.group("a token is kept for the tab, and forgotten"):
        token(browser, origin)
    with report.group("the theme follows the system, or the choice, which is kept"):
        theme(browser, origin)
    with report.group("a document that does not come, and a line that is cut"):
        trouble(browser, origin)


def first_hour(browser, origin):
    with open_page(browser, origin, "/") as (page, watch):
        page.get_by_role("link", name="Open the API reference").click()
        page.get_by_role("heading", level=1, name="Atrium API").wait_for()
        page.keyboard.press("/")
        page.keyboard.type("v1 register")
        equal(page.locator("#count").inner_text(), "1 operation", "the count")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        page.get_by_role("heading", level=1, name="Register").wait_for()
        field(page, "email").fill("browser@example.com")
        field(page, "password").fill(PASSWORD)
        field(page, "name").fill("Ada")
        equal(send(page), "201", "status of the registration")
        page.get_by_role("button", name="Use this access token").click()
        page.get_by_role("button", name="Token: set").wait_for()
        page.get_by_role("searchbox").fill("auth/me")
        choose(page, "v1Me")
        equal(page.get_by_label("Send with").input_value(), "bearer", "what it is sent with")
        equal(send(page), "200", "status of me")
        answer = page.locator("#answer").inner_text()
        equal('"email": "browser@example.com"' in answer, True, f"the address is in {answer}")
        none(watch.errors, "complaints")
        none(watch.outside, "requests outside the origin")


def session(browser, origin):
    with open_page(browser, origin, "/docs#compatSignUpEmail") as (page, watch):
        field(page, "email").fill("cookie@example.com")
        field(page, "password").fill(PASSWORD)
        field(page, "name").fill("Grace")
        equal(send(page), "200", "status of the sign-up")
        choose(page, "compatGetSession")
        equal(page.get_by_label("Send with").input_value(), "cookies", "what it is sent with")
        equal(send(page), "200", "status of the session")
        equal("cookie@example.com" in page.locator("#answer").inner_text(), True, "the address")
        page.get_by_label("Send with").select_option("nothing")
        page.get_by_role("button", name="Send", exact=True).click()
        page.wait_for_function("document.getElementById('answer')?.textContent === 'null'")
        none(watch.errors, "complaints")


def resource(browser, origin):
    with open_page(browser, origin, "/docs#v1Register") as (page, watch):
        field(page, "email").fill("items@example.com")
        field(page, "password").fill(PASSWORD)
        field(page, "name").fill("Ada")
        equal(send(page), "201", "status of the registration")
        page.get_by_role("button", name="Use this access token").click()
        choose(page, "v1CreateItem")
        field(page, "name").fill("Blue kettle")
        field(page, "status").select_option("inactive")
        equal(send(page), "201", "status of the item")
        choose(page, "v1ListItems")
        equal(send(page), "200", "status of the list")
        answer = page.locator("#answer").inner_text()
        equal('"name": "Blue kettle"' in answer, True, f"the item is in {answer}")
        equal('"status": "inactive"' in answer, True, "as it was made")
        none(watch.errors, "complaints")


def searching(browser, origin):
    with open_page(browser, origin, "/docs") as (page, _):
        links = page.locator("#navigation li a")
        all = links.count()
        box = page.get_by_role("searchbox")
        box.fill("/api/auth/jwks")
        equal(links.count(), 1, "found by path")
        box.fill("SIGN_UP_CLOSED")
        equal(0 < links.count() < all, True, "found by code")
        box.fill("no such thing")
        equal(links.count(), 0, "found by nonsense")
        equal("Nothing matches" in page.locator("#count").inner_text(), True, "it is said")
        box.fill("")
        equal(links.count(), all, "found by nothing")
        page.get_by_role("heading", level=1).click()
        page.keyboard.press("/")
        equal(page.evaluate("document.activeElement.id"), "search", "/ goes to")
        page.keyboard.press("/")
        equal(box.input_value(), "/", "and is a letter there")


def history(browser, origin):
    with open_page(browser, origin, "/docs#v1Me") as (page, _):
        heading = page.locator("main h1")
        first = heading.inner_text()
        choose(page, "v1Login")
        second = heading.inner_text()
        equal(page.evaluate("document.activeElement.tagName"), "H1", "the focus is on")
        equal(page.title().startswith(second), True, "the title names the operation")
        page.go_back()
        page.wait_for_function("text => document.querySelector('main h1').textContent === text", arg=first)
        page.go_forward()
        page.wait_for_function("text => document.querySelector('main h1').textContent === text", arg=second)
        page.locator(".skip").focus()
        page.keyboard.press("Enter")
        equal(page.evaluate("document.activeElement.id"), "content", "the skip link leads to")
        equal(heading.inner_text(), second, "and leaves the operation alone")


def editor(browser, origin):
    with open_page(browser, origin, "/docs#v1Login") as (page, _):
        field(page, "email").fill("a@example.com")
        page.get_by_role("radio", name="JSON").check()
        text = page.get_by_label("Body as JSON")
        equal('"email": "a@example.com"' in text.input_value(), True, "what was typed goes along")
        text.fill('{"email": "b@example.com", "password": "x"}')
        page.get_by_role("radio", name="Fields").check()
        equal(field(page, "email").input_value(), "b@example.com", "and back")


def curl(browser, origin):
    permissions = ["clipboard-read", "clipboard-write"]
    with open_page(browser, origin, "/docs#v1Login", permissions=permissions) as (page, _):
        field(page, "email").fill("it's@example.com")
        page.get_by_role("button", name="Copy the curl command").click()
        page.get_by_text("Copied").wait_for()
        words = shlex.split(page.evaluate("navigator.clipboard.readText()").replace("\\\n", " "))
        equal(words[:2], ["curl", f"{origin}/api/v1/auth/login"], "it starts with")
        equal("Content-Type: application/json" in words, True, "it has the type")
        equal('"email":"it\'s@example.com"' in words[words.index("-d") + 1], True, "it has the body")


def token(browser, origin):
    with open_page(browser, origin, "/docs#v1Me") as (page, _):
        page.get_by_role("button", name="Token: none").click()
        page.get_by_label("Access token").fill("a-token")
        page.get_by_role("button", name="Keep").click()
        page.get_by_role("button", name="Token: set").wait_for()
        equal("Bearer a-token" in page.locator("#curl").inner_text(), True, "curl sends it")
        page.reload(wait_until="networkidle")
        page.get_by_role("button", name="Token: set").click()
        page.get_by_role("button", name="Forget all").click()
        page.get_by_role("button", name="Token: none").wait_for()
        equal("Bearer" in page.locator("#curl").inner_text(), False, "curl sends none")


def theme(browser, origin):
    with open_page(browser, origin, "/docs", color_scheme="dark") as (page, _):
        background = "getComputedStyle(document.body).backgroundColor"
        dark = page.evaluate(background)
        page.get_by_role("button", name="Theme: System").click()
        light = page.evaluate(background)
        equal(light == dark, False, "light looks as dark does")
        page.reload(wait_until="networkidle")
        equal(page.evaluate(background), light, "the choice after a reload")
        page.get_by_role("button", name="Theme: Light").click()
        page.get_by_role("button", name="Theme: Dark").click()
        equal(page.evaluate("localStorage.getItem('theme')"), None, "what is kept for the system's")


def trouble(browser, origin):
    with open_page(browser, origin, "/") as (page, _):
        page.route("**/api/openapi.json", lambda route: route.fulfill(status=503))
        page.goto(origin + "/docs")
        page.get_by_role("heading", level=1, name="The document could not be read").wait_for()
        equal("503" in page.get_by_role("alert").inner_text(), True, "it says why")
        page.unroute("**/api/openapi.json")
        page.get_by_role("button", name="Try again").click()
        page.get_by_role("heading", level=1, name="Atrium API").wait_for()
        choose(page, "v1Me")
        page.context.set_offline(True)
        page.get_by_text("You are offline: requests will fail").wait_for()
        page.get_by_role("button", name="Send", exact=True).click()
        page.get_by_text("No answer: you are offline").wait_for()
