"""A server of a test's own, for what the shared one must not suffer: being killed, and started again."""

import contextlib
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request


class Program:
    def __init__(self, path, settings):
        self.path = path
        self.settings = settings
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.data = tempfile.mkdtemp(prefix="atrium-browser-")
        self.process = None

    @property
    def origin(self):
        return f"http://localhost:{self.port}"

    def start(self):
        words = [self.path, "serve", "--http", f"127.0.0.1:{self.port}", "--data", f"{self.data}/data"]
        for setting in self.settings:
            words += ["--set", setting]
        with open(f"{self.data}/log", "ab") as log:
            self.process = subprocess.Popen(words, stdout=log, stderr=log)
        deadline = time.monotonic() + 30
        while not self.answers():
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise AssertionError(f"it does not start: {open(f'{self.data}/log').read()[-2000:]}")
            time.sleep(0.05)

    def answers(self):
        try:
            return urllib.request.urlopen(self.origin + "/health", timeout=1).status == 200
        except OSError:
            return False

    def kill(self):
        if self.process:
            self.process.kill()
            self.process.wait()

    def remove(self):
        self.kill()
        shutil.rmtree(self.data, ignore_errors=True)


@contextlib.contextmanager
def running(path, settings):
    program = Program(path, settings)
    try:
        program.start()
        yield program
    finally:
        program.remove()
