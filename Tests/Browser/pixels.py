"""Looks at pictures: which colours are in them, and how much of them there is."""

import base64
import time

#: Counts the pixels that are not transparent, and those of each colour that is asked for.
COUNT = """async ([data, colors]) => {
    const image = new Image()
    image.src = 'data:image/png;base64,' + data
    await image.decode()
    const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height })
    const context = canvas.getContext('2d')
    context.drawImage(image, 0, 0)
    const { data: bytes } = context.getImageData(0, 0, image.width, image.height)
    const wanted = colors.map(one => [1, 3, 5].map(at => parseInt(one.slice(at, at + 2), 16)))
    const counts = wanted.map(() => 0)
    let seen = 0
    for (let at = 0; at < bytes.length; at += 4) {
        if (bytes[at + 3] < 8) continue
        seen += 1
        // Edges are blends: near is enough.
        wanted.forEach((one, index) => {
            if (one.every((part, offset) => Math.abs(part - bytes[at + offset]) <= 6)) counts[index] += 1
        })
    }
    return { seen, counts }
}"""


class Eye:
    """Counts in a page of its own, so that what is looked at is left alone."""

    def __init__(self, browser):
        self.context = browser.new_context()
        self.page = self.context.new_page()

    def look(self, page, *colors):
        """How many pixels of a page are not transparent, and how many have each of the colours."""
        picture = base64.b64encode(page.screenshot(omit_background=True)).decode()
        found = self.page.evaluate(COUNT, [picture, list(colors)])
        return found["seen"], found["counts"]

    def until(self, page, isRight, what, *colors, seconds=20):
        """Looks until it is right."""
        deadline = time.monotonic() + seconds
        while True:
            seen, counts = self.look(page, *colors)
            if isRight(seen, counts):
                return seen, counts
            if time.monotonic() > deadline:
                raise AssertionError(f"{what}: {seen} pixels, {dict(zip(colors, counts))}")

    def blank(self, page, what):
        self.until(page, lambda seen, _: seen == 0, f"blank: {what}")

    def shows(self, page, what, *colors):
        """All of the colours, each more than a speck."""
        return self.until(page, lambda _, counts: all(count > 40 for count in counts), f"shown: {what}", *colors)

    def close(self):
        self.context.close()
