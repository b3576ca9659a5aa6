"""Reads and tries the pages in headless Chromium, as people do: `dev browser` runs it.

    python Tests/Browser/run.py http://localhost:4000 [--screenshots DIR]

S0-12: the API's reference, served by the program itself, is read, searched and tried.
"""

import argparse
import sys

from playwright.sync_api import sync_playwright

import audits
import compat
import journeys
import live
import mails
import pictures
from report import Report


def main():
    options = argparse.ArgumentParser()
    options.add_argument("origin")
    options.add_argument("--screenshots", help="a folder for a picture of each page")
    options.add_argument("--chromium", default="/usr/bin/chromium")
    given = options.parse_args()
    report = Report()
    with sync_playwright() as playwright:
        # Containers run as root, which Chromium's sandbox does not take.
        browser = playwright.chromium.launch(
            executable_path=given.chromium, args=["--no-sandbox"]
        )
        journeys.run(browser, given.origin, report)
        mails.run(browser, given.origin, report)
        live.run(browser, given.origin, report)
        compat.run(browser, given.origin, report)
        audits.run(browser, given.origin, report)
        if given.screenshots:
            pictures.take(browser, given.origin, given.screenshots)
        browser.close()
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
