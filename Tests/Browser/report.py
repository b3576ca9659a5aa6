"""One line for each group of checks, and a closing line."""

import contextlib
import time
import traceback


class Report:
    def __init__(self):
        self.passed = 0
        self.failed = 0

    @contextlib.contextmanager
    def group(self, name):
        start = time.monotonic()
        try:
            yield
        except Exception as error:  # A group that breaks must not hide the next one.
            self.failed += 1
            reason = str(error).strip() or traceback.format_exc().strip().splitlines()[-3]
            print(f"FAILED  {name}\n        " + reason.replace("\n", "\n        "), flush=True)
        else:
            self.passed += 1
            print(f"ok      {name} ({time.monotonic() - start:.1f} s)", flush=True)

    def close(self):
        print(f"browser: {self.passed} passed, {self.failed} failed", flush=True)
        return 1 if self.failed else 0


def equal(found, wanted, what):
    if found != wanted:
        raise AssertionError(f"{what}: {found!r}, wanted {wanted!r}")


def none(list, what):
    if list:
        raise AssertionError(f"{what}: " + "\n".join(str(one) for one in list[:12]))
