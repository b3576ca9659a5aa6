"""What the pages of both apps have: the door, and requests as the page's user."""

from pages import PASSWORD


def register(page, email):
    page.get_by_role("button", name="Register").click()
    enter(page, email)


def enter(page, email):
    """Goes in, by the form that the door shows."""
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("#enter").click()


def fetched(page, method, path, body=None):
    """A request as the page's user: status and body."""
    return fetched_all(page, [(method, path, body)])[0]


def fetched_all(page, requests):
    """One request after the other."""
    return page.evaluate(
        """async (requests) => {
            const refreshed = await fetch("/api/auth/refresh", { method: "POST" });
            const { accessToken } = await refreshed.json();
            const answers = [];
            for (const [method, path, body] of requests) {
                const answer = await fetch(path, {
                    method, body: body && JSON.stringify(body),
                    headers: { "Content-Type": "application/json", Authorization: `Bearer ${accessToken}` },
                });
                answers.push([answer.status, await answer.json().catch(() => null)]);
            }
            return answers;
        }""", requests)
