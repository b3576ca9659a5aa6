"""What people do with the app of the icons, from the landing page to a file on their disk."""

import contextlib
import re

import apps
import audit
from pages import HEIGHTS, open_page
from report import equal, none

PROMPT = "What the icon shows"


def run(browser, origin, report):
    # S1-18, S0-9
    with report.group("S1-18: from the landing page to Icons: register, three icons, one refined, export, log out"):
        first_hour(browser, origin)
    with report.group("S1-8, S1-18: the history: more by scrolling, found by words, deleted and back, cleared"):
        history(browser, origin)
    with report.group("references: of the history, of a file, and what is none"):
        references(browser, origin)
    with report.group("the keyboard: commands by letters and by name, letters switched off"):
        keyboard(browser, origin)
    with report.group("S1-18: a reload keeps the session; two tabs refresh at once; one logs out for both"):
        tabs(browser, origin)
    with report.group("a wrong password, a forgotten one, a short one"):
        refused(browser, origin)
    with report.group("offline, and a server that does not answer"):
        trouble(browser, origin)
    with report.group(f"S1-13: a cold visit weighs less than {audit.WEIGHT} bytes, all from here"):
        audit.weigh(browser, origin, "/icons/", scripts)
    with report.group("each state at each width: structure, names, contrast, the Tab key"):
        audits(browser, origin)


# MARK: What a person does


def register(page, email):
    apps.register(page, email)
    page.get_by_label(PROMPT).wait_for()


@contextlib.contextmanager
def workbench(browser, origin, email, **options):
    """The page with somebody new in it."""
    with open_page(browser, origin, "/icons/", **options) as (page, watch):
        register(page, email)
        yield page, watch


def generate(page, prompt):
    """Has an icon drawn, and waits until the preview and the history have it."""
    before = page.locator("#icons > li[data-id]").count()
    page.get_by_label(PROMPT).fill(prompt)
    page.get_by_role("button", name="Generate").click()
    page.wait_for_function(
        "count => document.querySelectorAll('#icons > li[data-id]').length === count",
        arg=before + 1)
    page.get_by_role("img", name=re.compile(f": {re.escape(prompt)}$")).wait_for()


def source(page):
    return page.locator("#source").text_content()


def total(page):
    return page.locator("#total").inner_text()


def download(page, format):
    """Exports what is in the preview, and returns the file's name and bytes."""
    page.get_by_role("button", name="Export").click()
    page.get_by_role("radio", name=format).check()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download").click()
    path = waiting.value.path()
    return waiting.value.suggested_filename, path.read_bytes()


# MARK: Journeys


def first_hour(browser, origin):
    permissions = ["clipboard-read", "clipboard-write"]
    with open_page(browser, origin, "/", permissions=permissions) as (page, watch):
        page.get_by_role("main").get_by_role("link", name="Icons").click()
        page.get_by_role("heading", level=1, name="Say what it is. Get an icon.").wait_for()
        register(page, "icons@example.com")
        equal("icons@example.com" in page.locator("#account").inner_text(), True, "the address is shown")
        page.get_by_text("Drawn offline").wait_for()
        generate(page, "A compass with its needle")
        page.get_by_role("radio", name="Batch").check()
        page.get_by_role("radio", name="Light").check()
        generate(page, "A house with a round door")
        equal(page.get_by_role("radio", name="Variant").count(), 3, "variants")
        first = source(page)
        page.get_by_role("radio", name="Variant 2").check()
        page.wait_for_function("text => document.querySelector('#source').textContent !== text", arg=first)
        generate(page, "A star over a grid")
        page.get_by_role("radio", name="Refine").check()
        page.get_by_role("radio", name="Single").check()
        before = source(page)
        generate(page, "Rounder corners")
        equal(source(page) == before, False, "the refined one is as it was")
        equal(total(page), "4", "the count")
        exports(page)
        page.reload(wait_until="networkidle")
        equal(total(page), "4", "the count after a reload")
        page.get_by_role("button", name="A house with a round door", exact=False).first.click()
        equal(page.get_by_role("radio", name="Variant 2").is_checked(), True, "the chosen variant is kept")
        page.locator("#account").click()
        page.get_by_role("button", name="Log out").click()
        page.get_by_role("heading", name="Sign in").wait_for()
        page.reload(wait_until="networkidle")
        page.get_by_role("heading", name="Sign in").wait_for()
        none(watch.errors, "complaints")
        none(watch.outside, "requests outside the origin")


def exports(page):
    name, bytes = download(page, "SVG")
    equal(name, "rounder_corners.svg", "the file of the SVG")
    equal(b"<svg" in bytes and b"currentColor" in bytes, True, "it is one, in the colour of the text")
    name, bytes = download(page, "PNG")
    equal(name, "rounder_corners.png", "the file of the picture")
    equal(bytes[:8], b"\x89PNG\r\n\x1a\n", "the start of the picture")
    equal(bytes[16:24], (512).to_bytes(4, "big") * 2, "its width and height")
    page.get_by_role("button", name="A star over a grid", exact=False).first.click()
    name, bytes = download(page, "ZIP")
    equal(name, "a_star_over_a_grid.zip", "the archive")
    files = unzipped(bytes)
    equal(list(files), [f"a_star_over_a_grid_variant_{n}.svg" for n in (1, 2, 3)], "its files")
    equal(all(b"<svg" in text for text in files.values()), True, "all of them are drawings")
    page.get_by_role("button", name="Copy the SVG").click()
    page.get_by_text("The SVG is in your clipboard").wait_for()
    equal("<svg" in page.evaluate("navigator.clipboard.readText()"), True, "the clipboard's text")


def unzipped(bytes):
    """Its files, whose checksums Python's own reader looks at."""
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(bytes)) as archive:
        equal(archive.testzip(), None, "a broken file of the archive")
        return {name: archive.read(name) for name in archive.namelist()}


def history(browser, origin):
    with workbench(browser, origin, "history@example.com") as (page, watch):
        page.get_by_text("Nothing yet. What you make is kept here.").wait_for()
        fill(page, [f"A circle, the {number}." for number in range(44)] + ["A triangle"])
        page.reload(wait_until="networkidle")
        items = page.locator("#icons > li[data-id]")
        equal(total(page), "45", "the count")
        equal(items.count() < 45, True, "all of them are there at once")
        for _ in range(10):
            if items.count() == 45:
                break
            page.locator('#icons').hover()
            page.mouse.wheel(0, 5000)
            page.wait_for_load_state("networkidle")
        equal(items.count(), 45, "entries after scrolling")
        page.get_by_role("searchbox").fill("TRIANGLE")
        page.wait_for_function("() => document.querySelectorAll('#icons > li[data-id]').length === 1")
        page.get_by_role("searchbox").fill("100 %_")
        page.get_by_text("Nothing has “100 %_” in its prompt.").wait_for()
        page.get_by_role("searchbox").fill("")
        page.wait_for_function("() => document.querySelectorAll('#icons > li[data-id]').length > 1")
        delete(page)
        page.get_by_role("button", name="Clear").click()
        page.get_by_role("button", name="Keep them").click()
        equal(total(page), "45", "the count after second thoughts")
        page.get_by_role("button", name="Clear").click()
        page.get_by_role("button", name="Delete all").click()
        page.get_by_text("Nothing yet. What you make is kept here.").wait_for()
        page.get_by_role("status").get_by_text("45 icons deleted").wait_for()
        page.get_by_role("button", name="Undo").click()
        page.get_by_text("45 icons came back").wait_for()
        equal(total(page), "45", "the count with all of them again")
        page.get_by_role("img", name="A triangle").wait_for()
        none(watch.errors, "complaints")


def fill(page, prompts):
    """A history, by the API: one request after the other, as the page's user."""
    answers = apps.fetched_all(page, [("POST", "/api/icons", {"prompt": prompt}) for prompt in prompts])
    equal({status for status, _ in answers}, {201}, "status of what is made")


def delete(page):
    page.get_by_role("button", name="Delete: A triangle").focus()
    page.keyboard.press("Enter")
    page.get_by_role("status").get_by_text("Deleted").wait_for()
    equal(total(page), "44", "the count without it")
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("It is back").wait_for()
    equal(total(page), "45", "the count with it")
    equal(page.locator("#icons > li[data-id]").first.inner_text().startswith("A triangle"), True, "it is where it was")


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M3 3h18v18H3z"/></svg>'


def references(browser, origin):
    with workbench(browser, origin, "references@example.com") as (page, watch):
        page.get_by_role("radio", name="Refine").check()
        page.get_by_label(PROMPT).fill("Rounder")
        page.get_by_role("button", name="Generate").click()
        page.get_by_text("There is nothing in the preview to refine").wait_for()
        page.get_by_role("radio", name="Create").check()
        generate(page, "A square")
        page.get_by_role("button", name="Use as reference").click()
        chips = page.get_by_role("list", name="References").get_by_role("listitem")
        equal(chips.count(), 1, "references from the history")
        files = page.locator("#file")
        files.set_input_files([
            {"name": "mine.svg", "mimeType": "image/svg+xml", "buffer": SVG.encode()},
            {"name": "other.svg", "mimeType": "image/svg+xml", "buffer": b"no drawing"},
        ])
        page.get_by_text("other.svg is no SVG file").wait_for()
        equal(chips.count(), 2, "references with the file")
        files.set_input_files([
            {"name": "large.svg", "mimeType": "image/svg+xml", "buffer": b" " * 70_000}])
        page.get_by_text("large.svg is larger than 64 KB").wait_for()
        with page.expect_request(lambda request: request.method == "POST") as sent:
            generate(page, "A circle like these")
        equal([one["name"] for one in sent.value.post_data_json["attachments"]], ["A square", "mine"], "what is sent along")
        page.get_by_role("button", name="Remove the reference mine").click()
        equal(chips.count(), 1, "references after one is removed")
        none(watch.errors, "complaints")


def keyboard(browser, origin):
    with workbench(browser, origin, "keyboard@example.com") as (page, watch):
        page.keyboard.type("A compass")
        page.keyboard.press("Enter")
        page.get_by_role("img", name="A compass").wait_for()
        page.locator("#stage-title").click()
        page.keyboard.press("+")
        equal(page.locator("#zoom-fit").inner_text(), "125 %", "the zoom")
        page.keyboard.press("0")
        page.keyboard.press("s")
        equal(page.get_by_role("button", name="Safe area").get_attribute("aria-pressed"), "true", "the safe area")
        page.keyboard.press("r")
        equal(page.get_by_role("radio", name="Refine").is_checked(), True, "the mode")
        page.keyboard.press("/")
        equal(page.evaluate("document.activeElement.id"), "prompt", "/ goes to")
        page.keyboard.press("Control+k")
        page.keyboard.type("grid")
        page.keyboard.press("Enter")
        equal(page.get_by_role("button", name="Grid").get_attribute("aria-pressed"), "false", "the grid")
        page.keyboard.press("Control+k")
        page.get_by_label("Single letters are shortcuts").uncheck()
        page.keyboard.press("Escape")
        page.locator("#stage-title").click()
        page.keyboard.press("s")
        equal(page.get_by_role("button", name="Safe area").get_attribute("aria-pressed"), "true", "a letter that is off")
        page.keyboard.press("Control+k")
        page.keyboard.type("no such thing")
        page.get_by_text("Nothing is called so.").wait_for()
        none(watch.errors, "complaints")


def tabs(browser, origin):
    context = browser.new_context(viewport={"width": 1440, "height": HEIGHTS[1440]})
    context.clock.install()
    first, second = context.new_page(), context.new_page()
    refreshed = []
    context.on("response", lambda answer: refreshed.append(answer.status) if "/auth/refresh" in answer.url else None)
    first.goto(origin + "/icons/", wait_until="networkidle")
    register(first, "tabs@example.com")
    second.goto(origin + "/icons/", wait_until="networkidle")
    second.get_by_label(PROMPT).wait_for()
    equal(refreshed, [200], "refreshes of the second tab's start")
    # A minute before the access token's end, in both at once: the server keeps its own time.
    context.clock.fast_forward("14:30")
    for page in (first, second):
        page.wait_for_load_state("networkidle")
        generate(page, "A circle")
    equal(set(refreshed), {200}, "answers to refreshes")
    equal(len(refreshed) in (2, 3), True, f"refreshes: {refreshed}")
    first.reload(wait_until="networkidle")
    first.get_by_label(PROMPT).wait_for()
    # Both at the same moment, without taking turns: who is late gets the same successor.
    twice = "Promise.all([1, 2].map(() => fetch('/api/auth/refresh', { method: 'POST' }).then((a) => a.status)))"
    equal(first.evaluate(twice), [200, 200], "two refreshes at once")
    first.locator("#account").click()
    first.get_by_role("button", name="Log out").click()
    for page in (first, second):
        page.get_by_role("heading", name="Sign in").wait_for()
    context.close()


def refused(browser, origin):
    with open_page(browser, origin, "/icons/") as (page, watch):
        page.get_by_label("E-mail").fill("nobody@example.com")
        page.get_by_label("Password", exact=True).fill("Wrong-horse-1")
        page.keyboard.press("Enter")
        problem = page.locator("#door-problem")
        page.wait_for_function("() => document.getElementById('door-problem').textContent !== ''")
        equal("password" in problem.inner_text().lower(), True, f"the reason: {problem.inner_text()}")
        page.get_by_role("button", name="Forgot the password?").click()
        page.get_by_text("a mail is on its way to it").wait_for()
        page.get_by_role("button", name="Register").click()
        page.get_by_label("Password", exact=True).fill("short")
        page.locator("#enter").click()
        page.get_by_text("Password must be at least 8 characters").wait_for()
        none([one for one in watch.errors if "status of 40" not in one], "complaints")


def trouble(browser, origin):
    with workbench(browser, origin, "trouble@example.com") as (page, watch):
        page.context.set_offline(True)
        page.get_by_text("You are offline. What is here stays").wait_for()
        page.get_by_label(PROMPT).fill("A star")
        page.get_by_role("button", name="Generate").click()
        page.get_by_role("heading", name="You are offline").wait_for()
        page.locator("#account").click()
        page.get_by_role("button", name="Log out").click()
        page.get_by_text("You are still signed in: You are offline.").wait_for()
        page.context.set_offline(False)
        page.get_by_role("button", name="Try again").click()
        page.get_by_role("img", name="A star").wait_for()
        page.route("**/api/icons?*", lambda route: route.abort())
        page.reload(wait_until="networkidle")
        page.get_by_text("The history could not be read.").wait_for()
        page.unroute("**/api/icons?*")
        page.locator("#history-state").get_by_role("button", name="Try again").click()
        page.get_by_role("button", name="Delete: A star").wait_for(state="attached")
        page.route("**/api/auth/refresh", lambda route: route.abort())
        page.reload(wait_until="networkidle")
        page.get_by_text("The server does not answer.").wait_for()
        page.unroute("**/api/auth/refresh")
        page.get_by_role("button", name="Try again").click()
        page.get_by_label(PROMPT).wait_for()


def scripts(page):
    texts = page.evaluate(
        "Promise.all(performance.getEntriesByType('resource').filter(e => e.name.endsWith('.js'))"
        ".map(e => fetch(e.name).then(a => a.text()))).then(texts => texts.join(''))")
    equal("sk-" in texts or "x-api-key" in texts, False, "a key of the model's in a script")


# MARK: Audits


def audits(browser, origin):
    with open_page(browser, origin, "/icons/") as (page, watch):
        audit.everywhere(page, "the door")
        page.get_by_role("button", name="Register").click()
        audit.everywhere(page, "the door of who is new")
        apps.enter(page, "audits@example.com")
        page.get_by_label(PROMPT).wait_for()
        audit.everywhere(page, "the empty workbench")
        page.get_by_role("radio", name="Batch").check()
        generate(page, "A compass with its needle")
        page.get_by_role("button", name="Use as reference").click()
        page.get_by_text("Attached").wait_for(state="detached")
        audit.everywhere(page, "the workbench")
        page.keyboard.press("Control+k")
        audit.look(page, "the palette")
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Export").click()
        audit.look(page, "the export")
        page.keyboard.press("Escape")
        none(watch.errors + watch.outside, "complaints")
