"""Signing in to the icons by a provider that others wrote: glewlwyd, on its own pages."""

from icons import PROMPT, generate
from pages import PASSWORD, open_page
from report import equal, none


def run(browser, origin, provider, report):
    with report.group("S1-18: tokens of the address, for the tab that asked for them and for no other"):
        address(browser, origin)
    if not provider:
        print("SKIPPED  signing in by a provider: glewlwyd is not installed (packages/install test)")
        return
    # S1-14, S1-18, S0-3, S0-4
    with report.group("S1-14, S1-18: by a provider and back: the address, a reload, two tabs"):
        there_and_back(browser, origin, provider)
    with report.group("S1-18: who says no at the provider is back at the door, and told so"):
        refused(browser, origin)


def there_and_back(browser, origin, provider):
    with open_page(browser, origin, "/icons/", locale="en") as (page, watch):
        page.get_by_role("button", name="Continue with Glewlwyd").click()
        page.get_by_label("Login").fill("ada")
        page.get_by_label("Password", exact=True).fill("correct-horse-1")
        page.get_by_role("button", name="OK").click()
        page.get_by_role("button", name="Grant access").click()
        page.get_by_role("button", name="Continue").click()
        page.get_by_label(PROMPT).wait_for()
        equal(page.url, f"{origin}/icons/", "the address holds no code")
        equal("ada@example.com" in page.locator("#account").inner_text(), True, "the address is shown")
        generate(page, "A compass")
        page.reload(wait_until="networkidle")
        equal("ada@example.com" in page.locator("#account").inner_text(), True, "after a reload")
        other = page.context.new_page()
        other.goto(f"{origin}/icons/", wait_until="networkidle")
        other.get_by_label(PROMPT).wait_for()
        for one in (page, other):
            one.evaluate("() => { window.answer = fetch('/api/auth/refresh', { method: 'POST' }) }")
        both = [one.evaluate("answer.then((a) => a.status)") for one in (page, other)]
        equal(both, [200, 200], "refreshes of two tabs at once")
        for one in (page, other):
            one.reload(wait_until="networkidle")
            one.get_by_label(PROMPT).wait_for()
        own = "/".join(provider.split("/")[:3]) + "/"
        away = [one for one in watch.outside if not one.startswith(own)]
        none(away, "requests to neither of the two")


def address(browser, origin):
    """The tokens behind `#`, as `auth.oauth.fragmentTokens` puts them there."""
    with open_page(browser, origin, "/icons/") as (page, watch):
        person = {"email": "fragment@example.com", "password": PASSWORD, "name": "Ada"}
        tokens = page.request.post(f"{origin}/api/auth/register", data=person).json()
        page.context.clear_cookies()
        arrival = f"{origin}/icons/#accessToken=a&refreshToken={tokens['refreshToken']}&expiresIn=900"
        page.goto("about:blank")
        page.goto(arrival)
        page.get_by_text("This sign-in was begun elsewhere.").wait_for()
        equal(page.url, f"{origin}/icons/", "the address after a stranger's link")
        # As if this tab had gone to the provider.
        page.evaluate("sessionStorage.setItem('atrium.code-verifier', 'x')")
        page.goto("about:blank")
        page.goto(arrival)
        page.get_by_label(PROMPT).wait_for()
        equal("fragment@example.com" in page.locator("#account").inner_text(), True, "the address is shown")
        equal(page.url, f"{origin}/icons/", "the address holds no token")
        page.goto(f"{origin}/icons/?code=stolen")
        page.get_by_text("This sign-in was begun elsewhere.").wait_for()
        none(watch.errors, "complaints")


def refused(browser, origin):
    with open_page(browser, origin, "/icons/?error=CONSENT_REFUSED") as (page, watch):
        page.get_by_text("The provider, or you, said no.").wait_for()
        equal(page.url, f"{origin}/icons/", "the address after it was read")
        none(watch.errors, "complaints")
