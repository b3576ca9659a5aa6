"""Icons that a model draws, or does not: a Messages API of our own answers as the prompt says."""

from icons import PROMPT, generate, total, workbench
from report import equal, none

#: What the API answers to a prompt, and what the page makes of it: a title, and words of the reason.
FAILURES = {
    "no drawing": ("No usable icon came back", "the answer has no drawing"),
    "malformed": ("No usable icon came back", "the answer cannot be read"),
    "truncated": ("No usable icon came back", "the answer is too long"),
    "refusal": ("No usable icon came back", "the generator does not draw this"),
    "unauthorized": ("No generator is set up", "The server is not set up to draw icons"),
    "limited": ("The model is busy", "It asks to wait"),
    "overloaded": ("The model is busy", "It asks to wait"),
    "failing": ("The model cannot be reached", "The icon generator does not answer"),
    "cut": ("The model cannot be reached", "The icon generator does not answer"),
    "slow": ("The model took too long", "The icon generator took too long"),
}


def run(browser, origin, report):
    with report.group("S1-9, S1-12: a model draws: three variants, fenced ones, one that is asked twice"):
        drawn(browser, origin)
    for prompt, (title, reason) in FAILURES.items():
        with report.group(f"a model that fails: {prompt}: {title}"):
            failed(browser, origin, prompt, title, reason)
    with report.group("what takes long is stopped by who asked, without a word"):
        stopped(browser, origin)
    with report.group("a day has its end: the quota is told, and nothing is drawn"):
        exhausted(browser, origin)


def drawn(browser, origin):
    with workbench(browser, origin, "drawn@example.com") as (page, watch):
        page.get_by_text("Drawn by claude-sonnet-4-5.").wait_for()
        page.get_by_role("radio", name="Batch").check()
        generate(page, "success")
        equal(page.get_by_role("radio", name="Variant").count(), 3, "variants")
        page.get_by_role("radio", name="Single").check()
        generate(page, "fenced")
        page.get_by_label(PROMPT).fill("overloaded once")
        page.get_by_role("button", name="Generate").click()
        page.get_by_text("The model is busy: trying again in").wait_for()
        page.get_by_role("img", name="overloaded once").wait_for()
        equal(total(page), "3", "the count")
        none(watch.errors, "complaints")
        none(watch.outside, "requests outside the origin")


def failed(browser, origin, prompt, title, reason):
    with workbench(browser, origin, f"{prompt.replace(' ', '-')}@example.com") as (page, watch):
        page.get_by_text("left today").wait_for()
        before = page.locator("#composer-note").inner_text()
        page.get_by_label(PROMPT).fill(prompt)
        page.get_by_role("button", name="Generate").click()
        alert = page.get_by_role("alert").filter(has_text=title)
        alert.wait_for()
        equal(reason in alert.inner_text(), True, f"the reason in {alert.inner_text()!r}")
        equal(page.get_by_label(PROMPT).input_value(), prompt, "the prompt is still there")
        equal(total(page), "", "the count")
        equal(page.locator("#composer-note").inner_text(), before, "what is left of the day")
        page.get_by_role("button", name="Back to the preview").click()
        page.get_by_role("heading", name="Nothing here yet").wait_for()
        none(watch.errors, "complaints")


def stopped(browser, origin):
    with workbench(browser, origin, "stopped@example.com") as (page, watch):
        page.get_by_label(PROMPT).fill("slow")
        page.get_by_role("button", name="Generate").click()
        page.get_by_text("waiting for the first stroke").wait_for()
        page.keyboard.press("Escape")
        page.get_by_role("heading", name="Nothing here yet").wait_for()
        page.get_by_label(PROMPT).fill("slow")
        page.get_by_role("button", name="Generate").click()
        page.get_by_role("button", name="Stop", exact=True).click()
        generate(page, "success")
        equal(total(page), "1", "the count")
        none(watch.errors, "complaints")


def exhausted(browser, origin):
    with workbench(browser, origin, "exhausted@example.com") as (page, watch):
        while ". 0 left today" not in page.locator("#composer-note").inner_text():
            generate(page, "success")
            page.wait_for_load_state("networkidle")
        page.get_by_label(PROMPT).fill("success")
        page.get_by_role("button", name="Generate").click()
        page.get_by_role("heading", name="That was all for today").wait_for()
        page.get_by_text("It asks to wait").wait_for()
        none([one for one in watch.errors if "status of 429" not in one], "complaints")
