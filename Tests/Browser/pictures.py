"""Pictures of each page at three widths, in light and dark, for people to look at."""

import pathlib

PAGES = {"landing": "/", "overview": "/docs", "operation": "/docs#v1Register",
         "reset": "/auth/reset-password#by-code", "confirm": "/auth/confirm"}
SIZES = {360: 780, 768: 1024, 1440: 900}


def take(browser, origin, folder):
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    for scheme in ("light", "dark"):
        for width, height in SIZES.items():
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme=scheme
            )
            page = context.new_page()
            for name, path in PAGES.items():
                page.goto("about:blank")
                page.goto(origin + path, wait_until="networkidle")
                page.screenshot(path=f"{folder}/{name}-{width}-{scheme}.png")
            context.close()
