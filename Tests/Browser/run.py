"""Reads and tries the pages in headless Chromium, as people do: `dev browser` runs it.

    python Tests/Browser/run.py http://localhost:4000 [--provider ISSUER] [--model-server URL]
        [--program PATH] [--only icons,signing] [--screenshots DIR]

The provider is known to the server as `glewlwyd`; the other server has its icons drawn by a model.

S0-12: the API's reference, served by the program itself, is read, searched and tried.
"""

import argparse
import sys

from playwright.sync_api import sync_playwright

import audits
import compat
import drawings
import icons
import journeys
import live
import mails
import models
import pictures
import signing
import studio
from report import Report

PARTS = ("journeys", "mails", "live", "compat", "icons", "studio", "signing", "models", "drawings",
         "audits")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("origin")
    options.add_argument("--provider", help="the issuer of an OpenID provider to sign in with")
    options.add_argument("--model-server", help="a server whose icons are drawn by a model")
    options.add_argument("--program", help="the server's program, for who kills it and starts it again")
    options.add_argument("--only", help="parts, with commas between", default=",".join(PARTS))
    options.add_argument("--screenshots", help="a folder for a picture of each page")
    options.add_argument("--chromium", default="/usr/bin/chromium")
    options.add_argument("--drawings", help="a file of drawings before and after they were made safe")
    given = options.parse_args()
    report = Report()
    with sync_playwright() as playwright:
        # Containers run as root, which Chromium's sandbox does not take.
        browser = playwright.chromium.launch(
            executable_path=given.chromium, args=["--no-sandbox"]
        )
        for part in given.only.split(","):
            play(part, browser, given, report)
        if given.screenshots:
            pictures.take(browser, given.origin, given.screenshots)
        browser.close()
    return report.close()


def play(part, browser, given, report):
    match part:
        case "journeys": journeys.run(browser, given.origin, report)
        case "mails": mails.run(browser, given.origin, report)
        case "live": live.run(browser, given.origin, report)
        case "compat": compat.run(browser, given.origin, report)
        case "icons": icons.run(browser, given.origin, report)
        case "studio": studio.run(browser, given.origin, given.program, report)
        case "signing": signing.run(browser, given.origin, given.provider, report)
        case "models": models.run(browser, given.model_server, report)
        case "drawings": drawings.run(browser, given.drawings, report)
        case "audits": audits.run(browser, given.origin, report)


if __name__ == "__main__":
    sys.exit(main())
