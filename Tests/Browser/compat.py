"""What the README's snippet does with better-auth's client, as the requests that this client sends."""

from pages import PASSWORD, open_page
from report import equal, none

SEND = """async ([method, path, body]) => {
    const answer = await fetch("/api/auth" + path, {
        method,
        credentials: "include",
        headers: body ? { "content-type": "application/json" } : {},
        body: body ? JSON.stringify(body) : undefined,
    })
    return { status: answer.status, data: await answer.json() }
}"""


def run(browser, origin, report):
    with report.group("better-auth's client: sign up and in, the session, its fields, sign out"):
        snippet(browser, origin)


def snippet(browser, origin):
    with open_page(browser, origin, "/") as (page, watch):

        def send(method, path, body=None):
            return page.evaluate(SEND, [method, path, body])

        person = {"email": "grace@example.com", "password": PASSWORD, "name": "Grace"}
        equal(send("POST", "/sign-up/email", person)["status"], 200, "status of signing up")
        equal(send("POST", "/sign-out", {})["data"], {"success": True}, "the sign-out")
        equal(send("GET", "/get-session")["data"], None, "the session after it")
        del person["name"]
        signed_in = send("POST", "/sign-in/email", person)["data"]
        equal(signed_in["user"]["email"], "grace@example.com", "who signed in")
        session = send("GET", "/get-session")["data"]
        equal(session["session"]["token"], signed_in["token"], "the session's token")
        equal(page.evaluate("document.cookie"), "", "what scripts see of the cookie")
        equal(send("POST", "/update-user", {"name": "Grace Hopper"})["status"], 200, "the update")
        equal(send("GET", "/get-session")["data"]["user"]["name"], "Grace Hopper", "the name")
        sessions = send("GET", "/list-sessions")["data"]
        equal([entry["token"] for entry in sessions], [signed_in["token"]], "the sessions")
        send("POST", "/sign-out", {})
        equal(send("GET", "/get-session")["data"], None, "the session at the end")
        none(watch.errors, "complaints")
        none(watch.outside, "requests outside the origin")
