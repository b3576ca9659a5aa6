"""Pictures of each page at three widths, in light and dark, for people to look at."""

import pathlib

import icons
import studio

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
            take_studio(browser, origin, f"{folder}/studio", width, scheme)


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
    page.screenshot(path=f"{start}-workbench-{end}.png")
    page.keyboard.press("Control+k")
    page.screenshot(path=f"{start}-commands-{end}.png")


#: What stands for the picture of a stream, below the overlay.
SCENE = "radial-gradient(90% 120% at 75% 20%, #7a5c8f, #2d3a5c 45%, #141a2c)"


def take_studio(browser, origin, start, width, scheme):
    """Studio: its door, a stream with effects, a brand kit, and what viewers see."""
    end = f"{width}-{scheme}.png"
    # In motion: an effect that stands still is none.
    context = browser.new_context(viewport={"width": width, "height": SIZES[width]}, color_scheme=scheme)
    page = context.new_page()
    page.goto(origin + "/studio/", wait_until="networkidle")
    page.screenshot(path=f"{start}-door-{end}")
    studio.register(page, f"studio-{width}-{scheme}@example.com")
    page.screenshot(path=f"{start}-idle-{end}")
    studio.make_kit(page, "Night Owls")
    studio.start(page, "Night Owls")
    with studio.overlay(browser, page) as (other, _):
        other.set_viewport_size({"width": 1280, "height": 720})
        other.evaluate("scene => { document.documentElement.style.background = scene }", SCENE)
        page.get_by_text("Overlay connected").wait_for()
        page.get_by_text("Saved").wait_for(state="detached")
        studio.tile(page, "Fireworks").click()
        studio.tile(page, "Hearts").click()
        studio.write(page, "Lower third", "Ada Lovelace | Live from the engine room")
        studio.tile(page, "Confetti").click()
        studio.happened(page, "Confetti")
        studio.number(page, "Shown", "3")
        page.get_by_role("heading", name="Effects").hover()
        other.screenshot(path=f"{start}-overlay-{end}")
        page.screenshot(path=f"{start}-live-{end}")
    studio.look(page, "Brand kits")
    page.locator("#kits").get_by_role("button", name="Night Owls").click()
    page.locator("#kit-fields input").first.wait_for()
    page.screenshot(path=f"{start}-kit-{end}")
    studio.look(page, "Live")
    page.get_by_role("button", name="Upload", exact=True).click()
    page.screenshot(path=f"{start}-upload-{end}")
    page.keyboard.press("Escape")
    studio.end(page)
    studio.look(page, "Streams")
    page.locator("#streams").get_by_text("3 effects").wait_for()
    page.screenshot(path=f"{start}-streams-{end}")
    context.close()
