"""Drawings from outside, in a browser: what was made safe runs nothing, loads nothing, looks as before.

The list that `dev browser` writes has each drawing of the corpus as it came and as it was made safe.
"""

import json

from report import equal, none

ORIGIN = "http://drawings.example"
# Pages without any policy: nothing but the sanitiser stands between a drawing and the page.
PAGE = "<!doctype html><title>Drawings</title><div id=place></div>"
HOOK = "window.hits = []; window.hit = () => { window.hits.push(1) }"


def run(browser, path, report):
    with open(path, encoding="utf-8") as file:
        list = json.load(file)
    hostile = [one for one in list if one["kind"] == "hostile"]
    valid = [one for one in list if one["kind"] == "valid"]
    with report.group(f"{len(list)} drawings made safe run nothing and load nothing, put into a page"):
        none([one["name"] for one in list if Trial(browser, one["after"]).acts()], "these act")
    with report.group("hostile drawings do act as they came, so that the test would see it"):
        acting = [one["name"] for one in hostile if Trial(browser, one["before"]).acts()]
        equal(len(acting) > len(hostile) // 4, True, f"{len(acting)} of {len(hostile)} act: {acting}")
    with report.group(f"{len(valid)} valid drawings look the same before and after"):
        compare(browser, valid)


class Trial:
    """One drawing in every place where a page may put it, and everything tried that a person does."""

    def __init__(self, browser, text):
        self.requests = []
        self.dialogs = []
        context = browser.new_context(viewport={"width": 300, "height": 300})
        context.route("**/*", self._requested)
        page = context.new_page()
        page.on("dialog", self._asked)
        page.add_init_script(HOOK)
        page.goto(ORIGIN + "/")
        self.hits = 0
        for way in (INLINE, PARSED, IMPORTED):
            page.evaluate(way, text)
            page.evaluate(USE)
            # Two frames: what loads or is animated has begun by then.
            page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
            self.hits += page.evaluate("window.hits?.length ?? 1")
        self.left = page.url != ORIGIN + "/"
        context.close()

    def acts(self):
        return bool(self.hits or self.requests or self.dialogs or self.left)

    def _requested(self, route):
        if route.request.url == ORIGIN + "/":
            return route.fulfill(content_type="text/html", body=PAGE)
        self.requests.append(route.request.url)
        return route.abort()

    def _asked(self, dialog):
        self.dialogs.append(dialog.message)
        dialog.dismiss()


# As a template would.
INLINE = "text => { document.getElementById('place').innerHTML = text }"
# As a server would that writes it into its page. Scripts of the page itself run then.
PARSED = """text => {
    const frame = document.createElement('iframe')
    frame.srcdoc = '<!doctype html><script>window.hit = () => parent.hit()</script>' + text
    document.getElementById('place').append(frame)
    return new Promise(done => { frame.onload = done; setTimeout(done, 500) })
}"""
# As XML, which keeps prefixes and namespaces.
IMPORTED = """text => {
    const read = new DOMParser().parseFromString(text, 'image/svg+xml')
    document.getElementById('place').append(document.importNode(read.documentElement, true))
}"""
USE = """() => {
    for (const node of document.querySelectorAll('#place *')) {
        node.focus?.()
        for (const type of ['mouseover', 'mousemove', 'mousedown', 'focusin'])
            node.dispatchEvent(new MouseEvent(type, { bubbles: true }))
        if (node.namespaceURI?.endsWith('svg') || node.tagName === 'A')
            node.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: false }))
    }
}"""


def compare(browser, list):
    context = browser.new_context()
    page = context.new_page()
    page.set_content(PAGE)
    different = []
    for one in list:
        before, after = (page.evaluate(PIXELS, one[side]) for side in ("before", "after"))
        blank = page.evaluate(PIXELS, '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
        if before != after:
            different.append(one["name"])
        elif before == blank:
            different.append(one["name"] + " (nothing is seen)")
    context.close()
    none(different, "these look different")


# The picture on white at its own size and at 96 by 96, as a number of all its pixels.
PIXELS = """async text => {
    const image = new Image()
    image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(text)
    await image.decode()
    const draw = (width, height) => {
        const canvas = Object.assign(document.createElement('canvas'), { width, height })
        const context = canvas.getContext('2d')
        context.fillStyle = 'white'
        context.fillRect(0, 0, width, height)
        context.drawImage(image, 0, 0, width, height)
        return [...context.getImageData(0, 0, width, height).data].join()
    }
    return draw(96, 96) + draw(image.naturalWidth || 1, image.naturalHeight || 1)
}"""
