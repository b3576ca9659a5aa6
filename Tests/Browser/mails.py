"""What people do with the mails that they get: /dev/mail shows them, their links end at pages."""

from pages import PASSWORD, open_page
from report import equal, none


def run(browser, origin, report):
    with report.group("S3-8, S3-9: a forgotten password: the mail, its link, another password"):
        recovery(browser, origin)
    with report.group("S3-22, C28: register, the mail, its link, the button: the address is confirmed"):
        verification(browser, origin)
    with report.group("the code of the mail typed instead, after one that is wrong"):
        code(browser, origin)
    with report.group("an address is changed by two mails"):
        change(browser, origin)
    with report.group("a link that is none, one that was used, and no answer"):
        trouble(browser, origin)


def register(page, origin, email):
    answer = page.request.post(
        f"{origin}/api/v1/auth/register",
        data={"email": email, "password": PASSWORD, "name": "Ada"})
    equal(answer.status, 201, "status of the registration")
    return answer.json()["tokens"]["accessToken"]


def is_verified(page, origin, token):
    answer = page.request.get(
        f"{origin}/api/auth/me", headers={"Authorization": f"Bearer {token}"})
    return answer.json()["emailVerified"]


def open_mail(page, origin, email, subject, count=1):
    """Opens the newest mail of a subject to an address on /dev/mail, once so many are there."""
    page.goto(origin + "/dev/mail")
    mails = page.locator("details", has_text=f"to {email}").filter(has_text=subject)
    for _ in range(100):
        if mails.count() >= count:
            break
        page.get_by_role("link", name="Look again").click()
    mail = mails.first
    mail.locator("summary").focus()
    page.keyboard.press("Enter")
    return mail


def follow(page, mail):
    """To where the first link of the mail's text leads."""
    mail.locator("pre a").first.click()
    page.wait_for_load_state("networkidle")


def verification(browser, origin):
    with open_page(browser, origin, "/") as (page, watch):
        token = register(page, origin, "verify@example.com")
        mail = open_mail(page, origin, "verify@example.com", "Confirm your e-mail address")
        mail.frame_locator("iframe").get_by_role("link", name="Confirm the address").wait_for()
        follow(page, mail)
        page.get_by_role("heading", level=1, name="Confirm your address").wait_for()
        page.get_by_text("Confirm that verify@example.com is your address.").wait_for()
        equal("#" in page.url, False, "the token stands in the address")
        equal(is_verified(page, origin, token), False, "confirmed by opening the link")
        page.keyboard.press("Enter")
        page.get_by_text("Your address is confirmed.").wait_for()
        equal(is_verified(page, origin, token), True, "confirmed by the button")
        none(watch.errors, "complaints")
        none(watch.outside, "requests outside the origin")


def code(browser, origin):
    with open_page(browser, origin, "/") as (page, watch):
        token = register(page, origin, "code@example.com")
        mail = open_mail(page, origin, "code@example.com", "Confirm your e-mail address")
        text = mail.locator("pre").inner_text()
        typed = text.split("type the code ")[1].split()[0]
        mail.locator("pre a").nth(1).click()
        page.get_by_label("Address that the mail came to").fill("code@example.com")
        page.get_by_label("Code of the mail").fill("AAAA-AAAA")
        page.keyboard.press("Enter")
        page.get_by_text("not valid any more; ask for another").wait_for()
        page.get_by_role("button", name="Send another mail").click()
        page.get_by_text("another mail is on its way").wait_for()
        mail = open_mail(
            page, origin, "code@example.com", "Confirm your e-mail address", count=2)
        text = mail.locator("pre").inner_text()
        newer = text.split("type the code ")[1].split()[0]
        equal(newer == typed, False, "the same code again")
        page.goto(origin + "/auth/confirm")
        page.get_by_label("Address that the mail came to").fill("code@example.com")
        page.get_by_label("Code of the mail").fill(newer.lower().replace("-", " "))
        page.keyboard.press("Enter")
        page.get_by_text("Your address is confirmed.").wait_for()
        equal(is_verified(page, origin, token), True, "confirmed by the code")
        none([one for one in watch.errors if "400" not in one], "complaints")


def change(browser, origin):
    with open_page(browser, origin, "/") as (page, watch):
        token = register(page, origin, "old@example.com")
        follow(page, open_mail(page, origin, "old@example.com", "Confirm your e-mail address"))
        page.get_by_role("button", name="Confirm", exact=True).click()
        page.get_by_text("Your address is confirmed.").wait_for()
        asked = page.request.post(
            f"{origin}/api/v1/auth/change-email", data={"newEmail": "new@example.com"},
            headers={"Authorization": f"Bearer {token}"})
        equal(asked.status, 200, "status of the wish")
        follow(page, open_mail(page, origin, "old@example.com", "Change your e-mail address?"))
        page.get_by_text("Your account is to have the address new@example.com").wait_for()
        page.get_by_role("button", name="Agree").click()
        page.get_by_text("A mail is on its way to the new address").wait_for()
        follow(page, open_mail(page, origin, "new@example.com", "Confirm your new e-mail address"))
        page.get_by_role("button", name="Confirm", exact=True).click()
        page.get_by_text("Your address has been changed.").wait_for()
        none(watch.errors, "complaints")


def trouble(browser, origin):
    with open_page(browser, origin, "/auth/confirm#token=made-up") as (page, watch):
        page.get_by_text("This link is not valid any more").wait_for()
        page.get_by_label("Code of the mail").wait_for()
        register(page, origin, "used@example.com")
        mail = open_mail(page, origin, "used@example.com", "Confirm your e-mail address")
        link = mail.locator("pre a").first.get_attribute("href")
        follow(page, mail)
        page.context.set_offline(True)
        page.get_by_role("button", name="Confirm", exact=True).click()
        page.get_by_text("You are offline.").wait_for()
        page.context.set_offline(False)
        page.get_by_role("button", name="Confirm", exact=True).click()
        page.get_by_text("Your address is confirmed.").wait_for()
        page.goto("about:blank")
        page.goto(link)
        page.get_by_text("This link has been used already").wait_for()


def recovery(browser, origin):
    with open_page(browser, origin, "/") as (page, watch):
        register(page, origin, "mail@example.com")
        page.request.post(
            f"{origin}/api/v1/auth/forgot-password", data={"email": "mail@example.com"})
        mail = open_mail(page, origin, "mail@example.com", "Choose a new password")
        mail.frame_locator("iframe").get_by_role("link", name="Choose a new password").wait_for()
        follow(page, mail)
        page.get_by_label("New password").fill("short")
        page.keyboard.press("Enter")
        page.get_by_text("Password must be at least 8 characters").wait_for()
        page.get_by_label("New password").fill("Mailed-horse-1")
        page.keyboard.press("Enter")
        page.get_by_text("Your password has been changed").wait_for()
        equal("#" in page.url, False, "the token stands in the address")
        answer = page.request.post(
            f"{origin}/api/v1/auth/login",
            data={"email": "mail@example.com", "password": "Mailed-horse-1"})
        equal(answer.status, 200, "status of the sign-in")
        page.goto(origin + "/auth/reset-password")
        page.get_by_text("This address is not complete").wait_for()
        none([one for one in watch.errors if "400" not in one], "complaints")
        none(watch.outside, "requests outside the origin")
