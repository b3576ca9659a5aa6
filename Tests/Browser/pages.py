"""Opens pages, and does on them what both journeys and audits need."""

import contextlib
import re

from watch import Watch

PASSWORD = "Analytical1"
HEIGHTS = {360: 780, 768: 1024, 1440: 900}


@contextlib.contextmanager
def open_page(browser, origin, path, width=1440, **options):
    """A page in a browser of its own, with someone who watches it."""
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHTS[width]}, **options
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    watch = Watch(page, origin)
    page.goto(origin + path, wait_until="networkidle")
    try:
        yield page, watch
    finally:
        context.close()


def field(page, name):
    """The field of the body that is labelled so; codes in capitals have labels, too."""
    return page.get_by_label(re.compile(rf"^{name}\b"))


def send(page):
    """Sends the request of the form, and returns the status that is shown."""
    page.get_by_role("button", name="Send", exact=True).click()
    outcome = page.locator(".outcome .status")
    outcome.wait_for()
    return outcome.inner_text()


def choose(page, operation):
    """Goes to an operation through the list at the side."""
    page.locator(f"#navigation a[href='#{operation}']").click()
    page.locator(f"#navigation a[href='#{operation}'][aria-current=page]").wait_for()
