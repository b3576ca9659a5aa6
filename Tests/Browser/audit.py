"""Runs audit.js on a page, in light and dark, and follows the Tab key through it."""

import pathlib

from pages import HEIGHTS, open_page
from report import equal, none

#: What a cold visit may cost, in bytes on the wire.
WEIGHT = 150_000
SCRIPT = (pathlib.Path(__file__).parent / "audit.js").read_text()


def prepare(page):
    """Playwright's own evaluation is not bound by the page's policy, which stays as strict as it is."""
    page.evaluate(SCRIPT)


def look(page, what):
    """Structure, names and contrast in both themes."""
    prepare(page)
    none(page.evaluate("audit.structure()"), f"structure of {what}")
    none(page.evaluate("audit.names()"), f"names on {what}")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        none(page.evaluate("audit.contrast()"), f"contrast on {what}, {scheme}")


def follow_tab(page, what):
    """Each press reaches the next element in the document's order, and shows where it is."""
    prepare(page)
    # From the start of the page, wherever the last click was.
    page.evaluate("document.body.tabIndex = -1; document.body.focus()")
    page.evaluate("document.body.removeAttribute('tabindex')")
    count = page.evaluate("audit.tabbable()")
    faults = []
    for wanted in range(count):
        page.keyboard.press("Tab")
        found = page.evaluate("audit.focused()")
        if found["index"] != wanted:
            faults.append(f"press {wanted + 1} reached place {found['index']}: {found['text']}")
            break
        if not found["ring"]:
            faults.append(f"no ring: {found['text']}")
        if not found["seen"]:
            faults.append(f"out of sight: {found['text']}")
    none(faults, f"focus on {what}, of {count}")


def fits(page, what):
    """Nothing makes the page wider than the window."""
    wide = page.evaluate(
        "document.documentElement.scrollWidth > innerWidth ? [...document.querySelectorAll('body *')]"
        ".filter(e => e.getBoundingClientRect().right > innerWidth + 1 && e.checkVisibility())"
        ".map(e => e.outerHTML.slice(0, 100)) : []"
    )
    none(wide, f"{what} is wider than {page.viewport_size['width']}")


def everywhere(page, what):
    """All of it, at each width."""
    for width, height in HEIGHTS.items():
        page.set_viewport_size({"width": width, "height": height})
        here = f"{what} at {width}"
        look(page, here)
        fits(page, here)
        follow_tab(page, here)


def weigh(browser, origin, path, more=lambda page: None):
    """Looks at a cold visit, and with `more` at what came."""
    with open_page(browser, origin, path) as (page, watch):
        equal(5_000 < watch.transferred < WEIGHT, True, f"{watch.transferred} bytes")
        print(f"        {watch.transferred} bytes")
        none(watch.errors, "complaints")
        none(watch.outside, "requests outside the origin")
        more(page)
