"""Drawings from outside, in a browser: what was made safe runs nothing, loads nothing, looks as before.

The list that `dev browser` writes has each drawing of the corpus as it came and as it was made safe.
"""

import json

from playwright.sync_api import Error

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
        # All in one page; whoever did it is looked for only when something was done.
        if Trial(browser, [one["after"] for one in list]).acts():
            none([one["name"] for one in list if Trial(browser, [one["after"]]).acts()], "these act")
            raise AssertionError("together they act, and none of them alone")
    with report.group("hostile drawings do act as they came, so that the test would see it"):
        some = hostile[:: len(hostile) // 24]
        acting = [one["name"] for one in some if Trial(browser, [one["before"]]).acts()]
        equal(len(acting) > len(some) // 3, True, f"{len(acting)} of {len(some)} act: {acting}")
    with report.group(f"{len(valid)} valid drawings look the same before and after"):
        compare(browser, valid)


class Trial:
    """Drawings in every place where a page may put them, and everything tried that a person does."""

    def __init__(self, browser, texts):
        self.acted = []
        context = browser.new_context(viewport={"width": 300, "height": 300})
        context.route("**/*", self._requested)
        page = context.new_page()
        page.on("dialog", self._asked)
        page.add_init_script(HOOK)
        page.goto(ORIGIN + "/")
        try:
            for way in (INLINE, PARSED, IMPORTED):
                page.evaluate(way, texts)
                page.evaluate(USE)
                page.evaluate(TWO_FRAMES)
            self.acted += page.evaluate("window.hits ?? ['another page']")
        except Error as error:  # The page went elsewhere meanwhile.
            self.acted.append(str(error))
        if page.url != ORIGIN + "/":
            self.acted.append(page.url)
        context.close()

    def acts(self):
        return bool(self.acted)

    def _requested(self, route):
        if route.request.url == ORIGIN + "/":
            return route.fulfill(content_type="text/html", body=PAGE)
        self.acted.append(route.request.url)
        return route.abort()

    def _asked(self, dialog):
        self.acted.append(dialog.message)
        dialog.dismiss()


# As a template would.
INLINE = """texts => {
    for (const text of texts) {
        const place = document.createElement('div')
        place.innerHTML = text
        document.getElementById('place').append(place)
    }
}"""
# As a server would that writes them into its page. Scripts of the page itself run then.
PARSED = """texts => {
    const frame = document.createElement('iframe')
    const hook = '<!doctype html><script>window.hit = () => parent.hit()</script>'
    const loaded = new Promise(done => { frame.onload = done })
    frame.srcdoc = hook + texts.map(text => '<div>' + text + '</div>').join('')
    document.getElementById('place').append(frame)
    return loaded
}"""
# As XML, which keeps prefixes and namespaces.
IMPORTED = """texts => {
    for (const text of texts) {
        const read = new DOMParser().parseFromString(text, 'image/svg+xml')
        document.getElementById('place').append(document.importNode(read.documentElement, true))
    }
}"""
# What loads or is animated has begun by then.
TWO_FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
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
