"""Pictures of each page at three widths, in light and dark, for people to look at."""

import pathlib

import icons

PAGES = {"landing": "/", "overview": "/docs", "operation": "/docs#v1Register",
         "reset": "/auth/reset-password#by-code", "confirm": "/auth/confirm"}
#: What is drawn for the pictures, and in which style.
DRAWN = {"A star over a grid": "Light", "Offset a curve outwards": "Dark", "A gear with eight teeth": "Light",
         "A house with a round door": "Dark"}
SIZES = {360: 780, 768: 1024, 1440: 900}


def take(browser, origin, folder):
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    for scheme in ("light", "dark"):
        for width, height in SIZES.items():
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme=scheme,
                reduced_motion="reduce"
            )
            page = context.new_page()
            for name, path in PAGES.items():
                page.goto("about:blank")
                page.goto(origin + path, wait_until="networkidle")
                page.screenshot(path=f"{folder}/{name}-{width}-{scheme}.png")
            take_icons(page, origin, f"{folder}/icons", f"{width}-{scheme}")
            context.close()


def take_icons(page, origin, start, end):
    """The app of the icons: its door, and what a new user has after some minutes."""
    page.goto(origin + "/icons/", wait_until="networkidle")
    page.screenshot(path=f"{start}-door-{end}.png")
    icons.register(page, f"{end}@example.com")
    for prompt, style in DRAWN.items():
        page.get_by_role("radio", name=style).check()
        icons.generate(page, prompt)
    page.get_by_role("radio", name="Batch").check()
    icons.generate(page, "A compass with its needle")
    page.get_by_text("variants are ready").wait_for(state="detached")
    page.screenshot(path=f"{start}-studio-{end}.png")
    page.keyboard.press("Control+k")
    page.screenshot(path=f"{start}-commands-{end}.png")
