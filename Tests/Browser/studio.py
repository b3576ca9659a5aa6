"""What creators do with Studio: a control page, and an overlay in a second window that shows what they say."""

import contextlib
import re
import tempfile

import apps
import audit
from pages import HEIGHTS, open_page
from pixels import Eye
from program import running
from report import equal, none

OVERLAY = {"width": 960, "height": 540}
#: A brand that no page of ours has.
BRAND = {"Primary": "#ff2e88", "Secondary": "#3d5afe", "Accent": "#ffd400", "Background": "#120a24", "Text": "#f4f1ff"}
SETTINGS = ["apps=studio", "studio.tier=creator", "auth.password.bcryptCost=4", "limits.guards=false",
            "limits.traffic.isOn=false", "log.level=warn"]


def run(browser, origin, program, report):
    # S4-4, S4-5, S4-7, S4-8, S4-9, S4-10, S4-13, S4-17
    with report.group("S4-5, S4-7, S4-8, S4-9, S4-10: a stream from start to end: effects on the overlay, pause, resume, end, numbers"):
        stream(browser, origin)
    # S4-11, S4-12, S4-16
    with report.group("S4-11, S4-16: what is changed in a brand kit is on the stream at once, and what does not fit is refused"):
        brand(browser, origin)
    # S4-6
    with report.group("S4-6: a picture and a film of one's own: uploaded with its progress, shown, refused, deleted"):
        uploads(browser, origin)
    # S4-13
    with report.group("a lasting link: opened before the first session, it shows each one, and nothing after it was made anew"):
        lasting(browser, origin)
    with report.group("a session that nobody ended, and a start that is refused because of it"):
        forgotten(browser, origin)
    with report.group("an overlay comes back when the server was killed, and shows nothing twice"):
        restart(browser, program)
    with report.group("an overlay that was away shows what is not over yet, by the server's clock and not by its own"):
        away(browser, origin)
    with report.group("every effect: nothing before and after, the brand's colours between, the same each time"):
        drawings(browser, origin)
    with report.group("two tabs: what one starts, shows and ends is seen in the other; one logs out for both"):
        tabs(browser, origin)
    with report.group("a session that is revoked while one streams leads to the door; the overlay goes on, and so does who comes back"):
        expired(browser, origin)
    with report.group("the keyboard: digits, letters, commands by name; who wants no motion sees none"):
        keyboard(browser, origin)
    with report.group("who has no key sees nothing, and viewers are told nothing of it"):
        strangers(browser, origin)
    with report.group("offline, lists that cannot be read, a server that does not answer"):
        trouble(browser, origin)
    with report.group(f"a cold visit weighs less than {audit.WEIGHT} bytes, all from here"):
        audit.weigh(browser, origin, "/studio/")
    with report.group("each state at each width: structure, names, contrast, the Tab key"):
        audits(browser, origin)


# MARK: What a creator does


def register(page, email):
    apps.register(page, email)
    tile(page, "Confetti").wait_for()


@contextlib.contextmanager
def desk(browser, origin, email, **options):
    """The control page with somebody new at it."""
    with open_page(browser, origin, "/studio/", **options) as (page, watch):
        register(page, email)
        yield page, watch


def overlay(browser, page, **options):
    """The overlay of the session under way, by its own link."""
    return opened(browser, page.locator("#open-session").get_attribute("href"), **options)


@contextlib.contextmanager
def opened(browser, address, debug=False, prepare=lambda context: None):
    """An overlay as streaming software opens it: in a browser that knows nobody."""
    if debug:
        address = address.replace("#", "?debug#")
    context = browser.new_context(viewport=OVERLAY)
    prepare(context)
    other = context.new_page()
    said = []
    other.on("console", lambda message: said.append(message.text))
    other.on("pageerror", lambda error: said.append(str(error)))
    other.goto(address, wait_until="networkidle")
    try:
        yield other, said
    finally:
        context.close()


def tile(page, name):
    return page.locator("#effects").get_by_role("button", name=re.compile(rf"^{name}\b")).first


def look(page, part):
    page.get_by_role("navigation", name="Parts of the page").get_by_role("button", name=part).click()


def make_kit(page, name, colors=BRAND, without=()):
    look(page, "Brand kits")
    page.get_by_role("button", name="New", exact=True).click()
    page.get_by_label("Name", exact=True).fill(name)
    for role, color in colors.items():
        page.get_by_label(f"{role} as a code").fill(color)
    for category in without:
        page.get_by_role("checkbox", name=category).uncheck()
    page.get_by_role("button", name="Save").click()
    page.locator("#kits").get_by_role("button", name=name).wait_for()
    look(page, "Live")


def start(page, kit="No brand kit", platform="Twitch"):
    page.get_by_label("Platform", exact=True).select_option(label=platform)
    page.get_by_label("Brand kit", exact=True).select_option(label=kit)
    page.get_by_role("button", name="Start session").click()
    page.locator("#pill").get_by_text("Live").wait_for()


def end(page):
    page.get_by_role("button", name="End", exact=True).click()
    page.get_by_role("button", name="End it").click()
    page.get_by_role("button", name="Start session").wait_for()


def write(page, name, text):
    """Has an effect with words shown."""
    tile(page, name).click()
    page.get_by_role("textbox", name="Text").fill(text)
    page.keyboard.press("Enter")


def number(page, name, wanted):
    fact = page.locator("#numbers div").filter(has_text=name).locator("dd")
    fact.get_by_text(wanted, exact=True).wait_for()


def happened(page, text):
    page.locator("#activity li").filter(has_text=text).first.wait_for()


# MARK: Journeys


def stream(browser, origin):
    eye = Eye(browser)
    permissions = ["clipboard-read", "clipboard-write"]
    with open_page(browser, origin, "/", permissions=permissions) as (page, watch):
        page.get_by_role("main").get_by_role("link", name="Studio").click()
        page.get_by_role("heading", level=1, name="Your stream").wait_for()
        register(page, "stream@example.com")
        tile(page, "Confetti").click()
        page.get_by_text("Start a session first").wait_for()
        make_kit(page, "Night Owls")
        start(page, "Night Owls")
        page.get_by_role("button", name="Copy the link").click()
        page.get_by_text("in your clipboard").wait_for()
        address = page.evaluate("navigator.clipboard.readText()")
        equal(address, page.locator("#open-overlay").get_attribute("href"), "the copied link")
        with overlay(browser, page) as (other, said):
            page.get_by_text("Overlay connected").wait_for()
            eye.blank(other, "before anything is shown")
            tile(page, "Confetti").click()
            eye.shows(other, "confetti", BRAND["Primary"], BRAND["Secondary"], BRAND["Accent"])
            happened(page, "Confetti")
            eye.blank(other, "after the confetti")
            write(page, "Lower third", "Ada | Live from home")
            eye.shows(other, "the lower third", BRAND["Accent"], BRAND["Text"])
            happened(page, "“Ada | Live from home”")
            tile(page, "Spotlight").click()
            eye.until(other, lambda seen, counts: seen > 400_000 and counts[0] > 400, "the name above what is shown later", BRAND["Text"])
            pauses(page, other, eye)
            tile(page, "Hearts").click()
            eye.shows(other, "hearts", BRAND["Primary"], BRAND["Secondary"])
            refuses(page)
            number(page, "Shown", "4")
            number(page, "Refused", "1")
            equal(page.get_by_label("Celebration: 2").count(), 1, "what is counted of celebrations")
            page.reload(wait_until="networkidle")
            page.locator("#pill").get_by_text("Live").wait_for()
            number(page, "Shown", "4")
            end(page)
            eye.blank(other, "after the end")
            none(said, "what the overlay says")
        look(page, "Streams")
        page.locator("#streams").get_by_text("4 effects").wait_for()
        none([one for one in watch.errors if "status of 4" not in one], "complaints")
        none(watch.outside, "requests outside the origin")
    eye.close()


def pauses(page, other, eye):
    """Paused, the overlay is blank at once, and nothing can be shown until it goes on."""
    page.get_by_role("button", name="Pause").click()
    page.locator("#pill").get_by_text("Paused").wait_for()
    eye.blank(other, "while it is paused")
    tile(page, "Hearts").click()
    page.get_by_text("The session is paused: resume it first").wait_for()
    id = page.locator("#open-session").get_attribute("href").split("/")[-1].split("#")[0]
    status, body = apps.fetched(page, "POST", "/api/effects/trigger", {"sessionId": id, "effectId": "hearts"})
    equal((status, body["code"]), (409, "SESSION_PAUSED"), "what the server says to it")
    page.get_by_role("button", name="Resume").click()
    page.locator("#pill").get_by_text("Live").wait_for()


def refuses(page):
    """What is too strong for the brand, and what the tier does not have."""
    tile(page, "Fireworks").get_by_text("Stronger than Night Owls allows").wait_for()
    tile(page, "Fireworks").click()
    happened(page, "motion 4 is stronger than the brand kit's 3")
    tile(page, "Aurora").click()
    page.get_by_text("Aurora needs the tier Professional").wait_for()


def brand(browser, origin):
    eye = Eye(browser)
    with desk(browser, origin, "brand@example.com") as (page, watch):
        make_kit(page, "Calm", without=["Celebration"])
        start(page, "Calm", platform="YouTube")
        tile(page, "Confetti").click()
        happened(page, "celebration")
        with overlay(browser, page) as (other, said):
            tile(page, "Spotlight").click()
            eye.shows(other, "the ring of the spotlight", BRAND["Primary"], BRAND["Accent"])
            look(page, "Brand kits")
            page.locator("#kits").get_by_role("button", name="Calm").click()
            page.get_by_label("Primary as a code").fill("#00e5a0")
            page.get_by_role("button", name="Save").click()
            eye.shows(other, "the new colour", "#00e5a0", BRAND["Accent"])
            page.get_by_label("Text as a code").fill("#1a1030")
            page.get_by_text("hard to read").first.wait_for()
            page.get_by_role("button", name="Close").click()
            page.get_by_role("button", name="Go on editing").click()
            changed_elsewhere(page)
            none(said, "what the overlay says")
        look(page, "Live")
        end(page)
        none([one for one in watch.errors if "status of 4" not in one], "complaints")
    eye.close()


def changed_elsewhere(page):
    """Another tab was faster: nothing is written over it unseen."""
    status, kits = apps.fetched(page, "GET", "/api/brand-kit")
    kit = kits["data"][0]
    members = ("colorPalette", "typography", "motionIntensity", "allowedCategories")
    status, _ = apps.fetched(page, "PUT", f"/api/brand-kit/{kit['id']}", {"name": "Calmer", **{name: kit[name] for name in members}})
    equal(status, 200, "status of the other change")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Load it anew").click()
    page.get_by_role("heading", name="Calmer").wait_for()
    page.get_by_role("button", name="Close").click()


def lasting(browser, origin):
    eye = Eye(browser)
    permissions = ["clipboard-read", "clipboard-write"]
    with desk(browser, origin, "lasting@example.com", permissions=permissions) as (page, watch):
        page.get_by_text("Set it once in your streaming software").wait_for()
        link = copied(page, "Copy the link")
        with opened(browser, link) as (other, said):
            eye.blank(other, "before the first session")
            for turn in ("first", "second"):
                start(page)
                page.get_by_text("Overlay connected").wait_for()
                tile(page, "Hearts").click()
                eye.shows(other, f"hearts of the {turn} session", "#5b8cff")
                end(page)
                eye.blank(other, f"after the {turn} session")
            at_once(page)
            eye.until(other, lambda seen, _: seen > 1000, "snow that began with its session")
            page.reload(wait_until="networkidle")
            page.locator("#pill").get_by_text("Live").wait_for()
            eye.blank(other, "after the snow")
            none(said, "what the overlay says")
            renew(page, other, eye)
            new = copied(page, "Copy the link")
            equal(new != link, True, "the link is another one")
            with opened(browser, new) as (fresh, fresh_said):
                tile(page, "Balloons").click()
                eye.until(fresh, lambda seen, _: seen > 1000, "balloons by the new link")
                equal(eye.look(other)[0], 0, "pixels by the old link")
                none(fresh_said, "what the new overlay says")
            equal([one for one in said if "LINK_NOT_FOUND" in one] != [], True, f"it says why to the console: {said}")
        page.get_by_text("A link of this session only").click()
        of_session = copied(page, "Copy this session’s link")
        equal(of_session, page.locator("#open-session").get_attribute("href"), "the session's link")
        end(page)
        page.locator("#session-link").wait_for(state="hidden")
        none(watch.errors, "complaints")
    eye.close()


def copied(page, button):
    page.get_by_role("button", name=button).click()
    page.get_by_text("in your clipboard").wait_for()
    return page.evaluate("navigator.clipboard.readText()")


def at_once(page):
    """A program starts a session and triggers an effect before any overlay can listen to it."""
    status, session = apps.fetched(page, "POST", "/api/sessions/start", {"platform": "kick"})
    equal(status, 201, "status of the start")
    status, _ = apps.fetched(page, "POST", "/api/effects/trigger", {"sessionId": session["id"], "effectId": "snow"})
    equal(status, 200, "status of the effect")


def renew(page, other, eye):
    """One press does nothing yet; who has thought better of it keeps the link."""
    page.get_by_role("button", name="Make a new link").click()
    page.get_by_text("its overlay goes blank at once").wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("dialog").wait_for(state="hidden")
    tile(page, "Hearts").click()
    eye.shows(other, "hearts after the question", "#5b8cff")
    page.get_by_role("button", name="Make a new link").click()
    page.get_by_role("button", name="Make a new one").click()
    page.get_by_text("The old link is none any more").wait_for()
    eye.blank(other, "after the link was made anew")


def forgotten(browser, origin):
    with desk(browser, origin, "forgotten@example.com") as (page, watch):
        equal(apps.fetched(page, "POST", "/api/sessions/start", {"platform": "twitch"})[0], 201, "status of the start elsewhere")
        page.get_by_role("button", name="Start session").click()
        page.get_by_role("alert").get_by_text("One is under way already, since").wait_for()
        page.locator("#pill").get_by_text("Live").wait_for()
        # A day later, by the page's clock.
        page.add_init_script("{ const real = Date.now; Date.now = () => real() + 86_400_000 }")
        page.reload(wait_until="networkidle")
        page.get_by_text("If nobody streams any more, end it.").wait_for()
        end(page)
        page.get_by_text("If nobody streams any more, end it.").wait_for(state="hidden")
        start(page)
        end(page)
        none([one for one in watch.errors if "status of 409" not in one], "complaints")


# A film of half a second, and a picture, of one colour each, made by the browser itself.
FILM = """async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 64 })
    const context = canvas.getContext('2d')
    const recorder = new MediaRecorder(canvas.captureStream(30), { mimeType: 'video/webm' })
    const parts = []
    recorder.ondataavailable = ({ data }) => parts.push(data)
    const ended = new Promise(done => { recorder.onstop = done })
    recorder.start()
    const began = performance.now()
    while (performance.now() - began < 700) {
        context.fillStyle = '#00c853'
        context.fillRect(0, 0, 64, 64)
        context.fillStyle = '#00c854'
        context.fillRect(0, 0, 1, 1)
        await new Promise(requestAnimationFrame)
    }
    recorder.stop()
    await ended
    return [...new Uint8Array(await new Blob(parts).arrayBuffer())]
}"""
PICTURE = """async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 80, height: 60 })
    const context = canvas.getContext('2d')
    context.fillStyle = '#e040fb'
    context.fillRect(0, 0, 80, 60)
    const blob = await new Promise(done => canvas.toBlob(done, 'image/png'))
    return [...new Uint8Array(await blob.arrayBuffer())]
}"""


def upload(page, name, type, bytes, title, before=lambda: None):
    page.get_by_role("button", name="Upload", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Picture or film").set_input_files({"name": name, "mimeType": type, "buffer": bytes})
    dialog.get_by_label("Name").fill(title)
    before()
    dialog.get_by_role("button", name="Upload").click()
    return dialog


def uploads(browser, origin):
    eye = Eye(browser)
    with desk(browser, origin, "uploads@example.com") as (page, watch):
        picture, film = (bytes(page.evaluate(script)) for script in (PICTURE, FILM))
        upload(page, "badge.png", "image/png", picture, "Badge")
        page.get_by_text("Badge is among the effects").wait_for()
        upload(page, "loop.webm", "video/webm", film, "Loop")
        page.get_by_text("Loop is among the effects").wait_for()
        dialog = upload(page, "lie.png", "image/png", b"no picture at all", "Lie")
        dialog.get_by_role("alert").filter(has_text="png").wait_for()
        page.keyboard.press("Escape")
        stopped(page)
        large(page)
        start(page)
        with overlay(browser, page) as (other, said):
            tile(page, "Badge").click()
            eye.until(other, lambda seen, counts: counts[0] > 20_000, "the picture", "#e040fb")
            eye.blank(other, "after the picture")
            tile(page, "Loop").click()
            eye.until(other, lambda seen, _: seen > 20_000, "the film")
            eye.blank(other, "after the film")
            none(said, "what the overlay says")
        end(page)
        page.get_by_role("button", name="Delete: Badge").focus()
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Delete it").click()
        page.get_by_text("Deleted", exact=True).wait_for()
        equal(tile(page, "Badge").count(), 0, "what is left of it")
        none([one for one in watch.errors if "status of 4" not in one], "complaints")
    eye.close()


# A picture of noise, which no format makes small: some 400 KB.
NOISE = """async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 330, height: 330 })
    const context = canvas.getContext('2d')
    const image = context.createImageData(330, 330)
    let state = 1
    for (let at = 0; at < image.data.length; at += 1) {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0
        image.data[at] = at % 4 === 3 ? 255 : state >>> 24
    }
    context.putImageData(image, 0, 0)
    const blob = await new Promise(done => canvas.toBlob(done, 'image/png'))
    return [...new Uint8Array(await blob.arrayBuffer())]
}"""


def stopped(page):
    """On a slow line one sees how far it is, and may think better of it."""
    network = page.context.new_cdp_session(page)
    speed = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 100_000}
    noise = bytes(page.evaluate(NOISE))
    dialog = upload(page, "noise.png", "image/png", noise, "Noise",
                    before=lambda: network.send("Network.emulateNetworkConditions", speed))
    dialog.locator(".progress").get_by_text(re.compile(r"^[1-9]\d? %$")).wait_for()
    equal(0 < dialog.locator("progress").evaluate("e => e.value") < 1, True, "the bar is between its ends")
    # The line is slow until the browser has broken off: on a fast one all would be there before.
    with page.expect_event("requestfailed", lambda request: request.url.endswith("/api/effects/upload")):
        dialog.get_by_role("button", name="Cancel").click()
    network.send("Network.emulateNetworkConditions", {**speed, "uploadThroughput": -1})
    names = [one["name"] for one in apps.fetched(page, "GET", "/api/effects")[1]["data"]]
    equal("Noise" in names, False, "it is among the effects")


def large(page):
    """More than the server takes is not sent at all."""
    page.get_by_role("button", name="Upload", exact=True).click()
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        file.truncate(25 * 1024 * 1024 + 1)
        page.get_by_label("Picture or film").set_input_files(file.name)
        page.get_by_text("The file is larger than 25 MB.").wait_for()
    page.keyboard.press("Escape")


def restart(browser, path):
    eye = Eye(browser)
    with running(path, SETTINGS) as program, desk(browser, program.origin, "restart@example.com") as (page, _):
        start(page)
        with overlay(browser, page, debug=True) as (other, said):
            page.get_by_text("Overlay connected").wait_for()
            diagnosis = other.locator("#diagnosis")
            tile(page, "Wipe").click()
            diagnosis.get_by_text("effect at").wait_for()
            shown = other.locator("#diagnosis tr").filter(has_text="Effects shown").locator("td")
            equal(shown.inner_text(), "1", "effects shown before")
            program.kill()
            diagnosis.get_by_text("waiting").wait_for()
            page.get_by_text("The line to the server is down.").first.wait_for()
            program.start()
            diagnosis.get_by_text("open").wait_for(timeout=45_000)
            page.locator("#line").wait_for(state="hidden", timeout=45_000)
            equal(shown.inner_text(), "1", "effects shown after it came back")
            tile(page, "Hearts").click()
            other.wait_for_function("() => [...document.querySelectorAll('#diagnosis td')].some((one) => one.textContent === '2')")
            number(page, "Shown", "2")
            none([one for one in said if "studio:" in one], "what the overlay says")
        end(page)
        lasts(browser, page, program)
    eye.close()


def lasts(browser, page, program):
    """The lasting link outlives a server that is killed while nobody streams, and one while somebody does."""
    link = page.locator("#open-overlay").get_attribute("href")
    with opened(browser, link, debug=True) as (other, said):
        rows = other.locator("#diagnosis tr")
        rows.filter(has_text="Session").get_by_text("none: the next one").wait_for()
        for count in ("1", "2"):
            program.kill()
            rows.filter(has_text="Connection").get_by_text("waiting").wait_for()
            program.start()
            rows.filter(has_text="Connection").get_by_text("open").wait_for(timeout=45_000)
            if count == "1":
                start(page)
            page.locator("#line").wait_for(state="hidden", timeout=45_000)
            rows.filter(has_text="Brand kit").wait_for()
            tile(page, "Hearts").click()
            rows.filter(has_text="Effects shown").get_by_text(count, exact=True).wait_for()
        none([one for one in said if "studio:" in one], "what the overlay says")
    end(page)


class Line:
    """A page's way to the server, which can be cut; and its clock, which is an hour ahead and can be moved on."""

    CLOCK = "{ const real = Date.now; window.shift = 3_600_000; Date.now = () => real() + window.shift }"

    def __init__(self):
        self.is_up = True
        self.sockets = []

    def prepare(self, context):
        context.add_init_script(self.CLOCK)
        self.attach(context)

    def attach(self, context):
        context.route_web_socket(re.compile("/api/websocket"), self.take)

    def take(self, socket):
        if not self.is_up:
            return socket.close()
        socket.connect_to_server()
        self.sockets.append(socket)

    def cut(self):
        self.is_up = False
        for socket in self.sockets:
            socket.close()


def away(browser, origin):
    line = Line()
    with desk(browser, origin, "away@example.com") as (page, watch):
        start(page)
        with overlay(browser, page, debug=True, prepare=line.prepare) as (other, said):
            rows = other.locator("#diagnosis tr")
            shown = rows.filter(has_text="Effects shown").locator("td")
            rows.filter(has_text="Brand kit").wait_for()
            tile(page, "Hearts").click()
            shown.get_by_text("1", exact=True).wait_for()
            line.cut()
            rows.filter(has_text="Connection").get_by_text("waiting").wait_for()
            for name in ("Wipe", "Snow"):
                tile(page, name).click()
                happened(page, name)
            # Five seconds later one of the two is over.
            other.evaluate("window.shift += 5000")
            line.is_up = True
            rows.filter(has_text="Connection").get_by_text("open").wait_for()
            shown.get_by_text("2", exact=True).wait_for()
            tile(page, "Balloons").click()
            shown.get_by_text("3", exact=True).wait_for()
            none([one for one in said if "studio:" in one], "what the overlay says")
        end(page)
        none(watch.errors, "complaints")


# Draws each effect at some moments of its life, twice, and counts.
DRAW = """async ([width, height, kit]) => {
    const { effects } = await import('/assets/any/effects/all.js')
    const { chance } = await import('/assets/any/effects/scene.js')
    const { lookOf, energyOf } = await import('/assets/any/effects/look.js')
    const seconds = 8
    const draw = (begin, part, seed) => {
        const canvas = Object.assign(document.createElement('canvas'), { width, height })
        const context = canvas.getContext('2d')
        begin({ width, height, unit: Math.min(width, height) / 100, seconds, energy: energyOf(kit), look: lookOf(kit),
            text: 'Ada | Live', random: chance(seed) })(context, part * seconds)
        return context.getImageData(0, 0, width, height).data
    }
    const wanted = Object.values(kit.colorPalette).map(one => [1, 3, 5].map(at => parseInt(one.slice(at, at + 2), 16)))
    const count = (bytes) => {
        let [seen, ours] = [0, 0]
        for (let at = 0; at < bytes.length; at += 4) {
            if (bytes[at + 3] < 8) continue
            seen += 1
            // Light over a colour keeps its hue; a colour itself is counted.
            if (wanted.some(one => one.every((part, offset) => Math.abs(part - bytes[at + offset]) <= 10))) ours += 1
        }
        return { seen, ours }
    }
    return [...effects].map(([id, { begin, still }]) => {
        const [one, other, third] = [draw(begin, still, 'a'), draw(begin, still, 'a'), draw(begin, still, 'b')]
        return { id, start: count(draw(begin, 0, 'a')).seen, end: count(draw(begin, 1, 'a')).seen, ...count(one),
            isSame: one.every((byte, at) => byte === other[at]), differs: one.some((byte, at) => byte !== third[at]) }
    })
}"""
#: These leave nothing to chance.
CERTAIN = {"spotlight", "lower-third", "countdown", "wipe"}


def drawings(browser, origin):
    kit = {"colorPalette": {role.lower(): color for role, color in BRAND.items()},
           "typography": {"heading": "DejaVu Sans", "body": "DejaVu Sans", "weight": 700, "scale": 1}, "motionIntensity": 3}
    with open_page(browser, origin, "/studio/") as (page, _):
        for width, height in ((960, 540), (320, 180), (540, 960)):
            found = page.evaluate(DRAW, [width, height, kit])
            equal(len(found), 13, "effects")
            for one in found:
                what = f"{one['id']} of {width} by {height}"
                equal(one["start"] < width * height / 50, True, f"{what} begins softly: {one['start']} pixels")
                equal(one["end"], 0, f"pixels at the end of {what}")
                equal(one["seen"] > 200, True, f"{what} is seen: {one['seen']} pixels")
                equal(one["ours"] > 20, True, f"{what} has the brand's colours: {one['ours']} pixels")
                equal(one["isSame"], True, f"{what} is the same twice")
                equal(one["differs"], one["id"] not in CERTAIN, f"another chance is another {what}")


def tabs(browser, origin):
    line = Line()
    with desk(browser, origin, "tabs-studio@example.com") as (page, watch):
        line.attach(page.context)
        start(page)
        other = page.context.new_page()
        other.goto(f"{origin}/studio/", wait_until="networkidle")
        other.locator("#pill").get_by_text("Live").wait_for()
        tile(page, "Hearts").click()
        happened(other, "Hearts")
        line.cut()
        for one in (page, other):
            one.locator("#line").wait_for()
        tile(page, "Balloons").click()
        happened(page, "Balloons")
        line.is_up = True
        happened(other, "Balloons")
        other.locator("#line").wait_for(state="hidden")
        equal(other.locator("#activity li").filter(has_text="Hearts").count(), 1, "what was told before is told again")
        other.get_by_role("button", name="Pause").click()
        page.locator("#pill").get_by_text("Paused").wait_for()
        end(other)
        page.get_by_role("button", name="Start session").wait_for()
        page.locator("#account").click()
        page.get_by_role("button", name="Log out").click()
        for one in (page, other):
            one.get_by_role("heading", name="Sign in").wait_for()
        none(watch.errors, "complaints")


def expired(browser, origin):
    eye = Eye(browser)
    with desk(browser, origin, "expired@example.com") as (page, _):
        start(page)
        with overlay(browser, page) as (other, said):
            page.get_by_text("Overlay connected").wait_for()
            sent = []
            page.on("request", lambda request: sent.append(request.url))
            equal(apps.fetched(page, "POST", "/api/auth/logout", {})[0], 200, "status of the revocation")
            page.get_by_text("You are signed out. Sign in to go on.").wait_for()
            equal(len(sent) < 10, True, f"requests: {sent}")
            apps.enter(page, "expired@example.com")
            page.locator("#pill").get_by_text("Live").wait_for()
            tile(page, "Hearts").click()
            eye.shows(other, "hearts of who came back", "#5b8cff")
            none(said, "what the overlay says")
        end(page)
    eye.close()


def keyboard(browser, origin):
    with desk(browser, origin, "keys@example.com") as (page, watch):
        page.emulate_media(reduced_motion="reduce")
        start(page, platform="Kick")
        page.locator("#effects-title").click()
        page.keyboard.press("1")
        happened(page, "Confetti")
        page.keyboard.press("p")
        page.locator("#pill").get_by_text("Paused").wait_for()
        page.keyboard.press("p")
        page.locator("#pill").get_by_text("Live").wait_for()
        page.keyboard.press("/")
        page.keyboard.type("lower")
        equal(page.locator("#effects > li").count(), 1, "effects that are found")
        page.keyboard.press("Tab")
        page.locator("#effects-title").click()
        page.keyboard.press("1")
        page.keyboard.type("Grace")
        page.keyboard.press("Enter")
        happened(page, "“Grace”")
        page.keyboard.press("/")
        page.keyboard.type("nothing like it")
        page.get_by_role("button", name="Show all").click()
        page.get_by_role("radio", name="Ambient").check()
        equal(set(page.locator("#effects .facts").all_inner_texts()) != set(), True, "ambient effects")
        page.keyboard.press("Control+k")
        page.keyboard.type("show snow")
        page.keyboard.press("Enter")
        happened(page, "Snow")
        # A picture that is hovered over, and one in the monitor, stand still.
        page.get_by_role("radio", name="All").check()
        canvas = tile(page, "Balloons").locator("canvas")
        before = canvas.evaluate("e => e.toDataURL()")
        tile(page, "Balloons").hover()
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        equal(canvas.evaluate("e => e.toDataURL()"), before, "the picture while somebody looks")
        page.keyboard.press("s")
        page.get_by_role("heading", name="Streams").wait_for()
        page.keyboard.press("b")
        page.get_by_role("heading", name="Brand kits").wait_for()
        page.keyboard.press("l")
        end(page)
        none(watch.errors, "complaints")


def strangers(browser, origin):
    eye = Eye(browser)
    with desk(browser, origin, "host@example.com") as (page, _):
        start(page)
        right, lasting = (page.locator(one).get_attribute("href") for one in ("#open-session", "#open-overlay"))
        for wrong, why in ((right.split("#")[0], "lacks its key"), (right[:-4] + "AAAA", "the key is none of its"),
                           (f"{origin}/studio/overlay/nonsense#key=x", "There is no such session"),
                           (lasting.split("&")[0], "lacks its key"), (lasting[:-4] + "AAAA", "This link is none"),
                           (lasting.split("#")[0], "lacks a part")):
            context = browser.new_context(viewport=OVERLAY)
            other = context.new_page()
            said = []
            other.on("console", lambda message: said.append(message.text))
            other.goto(wrong, wait_until="networkidle")
            other.wait_for_function("() => true")
            tile(page, "Snow").click()
            happened(page, "Snow")
            equal(eye.look(other)[0], 0, "pixels without the key")
            equal([one for one in said if "may not listen" in one] != [], True, f"it says why to the console: {said}")
            equal(other.locator("body").inner_text().strip(), "", "words on the stream")
            address, mark, key = wrong.partition("#")
            other.goto("about:blank")
            other.goto(address + "?debug" + mark + key, wait_until="networkidle")
            other.locator("#diagnosis tr").filter(has_text="Problem").get_by_text(why).wait_for()
            context.close()
        end(page)
    eye.close()


def trouble(browser, origin):
    with desk(browser, origin, "trouble-studio@example.com") as (page, _):
        start(page)
        page.context.set_offline(True)
        page.get_by_text("You are offline. The overlay goes on").wait_for()
        tile(page, "Hearts").click()
        happened(page, "You are offline.")
        page.context.set_offline(False)
        page.locator("#offline").wait_for(state="hidden")
        page.route("**/api/effects?*", lambda route: route.abort())
        page.reload(wait_until="networkidle")
        page.get_by_text("The effects could not be read.").wait_for()
        page.unroute("**/api/effects?*")
        page.locator("#effects-state").get_by_role("button", name="Try again").click()
        tile(page, "Hearts").wait_for()
        page.route("**/api/auth/refresh", lambda route: route.abort())
        page.reload(wait_until="networkidle")
        page.get_by_text("The server does not answer.").wait_for()
        page.unroute("**/api/auth/refresh")
        page.get_by_role("button", name="Try again").click()
        page.locator("#pill").get_by_text("Live").wait_for()
        end(page)


# MARK: Audits


def audits(browser, origin):
    with open_page(browser, origin, "/studio/", reduced_motion="reduce") as (page, watch):
        audit.everywhere(page, "the door")
        register(page, "audits-studio@example.com")
        audit.everywhere(page, "the desk")
        make_kit(page, "Night Owls")
        look(page, "Brand kits")
        page.locator("#kits").get_by_role("button", name="Night Owls").click()
        audit.everywhere(page, "the brand kit")
        look(page, "Live")
        start(page, "Night Owls")
        tile(page, "Hearts").click()
        happened(page, "Hearts")
        tile(page, "Fireworks").click()
        happened(page, "motion 4")
        audit.everywhere(page, "the desk with a stream")
        page.set_viewport_size({"width": 1440, "height": HEIGHTS[1440]})
        page.keyboard.press("Control+k")
        audit.look(page, "the palette")
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Upload", exact=True).click()
        audit.look(page, "the upload")
        page.keyboard.press("Escape")
        tile(page, "Lower third").click()
        audit.look(page, "the words of an effect")
        page.keyboard.press("Escape")
        page.get_by_role("button", name="End", exact=True).click()
        audit.look(page, "the question before the end")
        page.get_by_role("button", name="End it").click()
        page.get_by_role("button", name="Start session").wait_for()
        look(page, "Streams")
        page.locator("#streams").get_by_text("1 effect").wait_for()
        audit.everywhere(page, "the streams")
        none([one for one in watch.errors if "status of 422" not in one] + watch.outside, "complaints")
