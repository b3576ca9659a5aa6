"""Looks over a page's shoulder: what it logs, what it loads and from where."""

from urllib.parse import urlsplit


class Watch:
    """Collects what must not happen on a page. Attach it before the page goes anywhere."""

    def __init__(self, page, origin):
        self.origin = origin
        self.errors = []
        self.outside = []
        self.transferred = 0
        page.add_init_script(
            "addEventListener('securitypolicyviolation', e => console.error("
            "'policy: ' + e.violatedDirective + ' ' + e.blockedURI))"
        )
        page.on("console", self._logged)
        page.on("pageerror", lambda error: self.errors.append(f"exception: {error}"))
        page.on("request", self._requested)
        network = page.context.new_cdp_session(page)
        network.send("Network.enable")
        network.on("Network.loadingFinished", self._finished)

    def _logged(self, message):
        if message.type in ("error", "warning"):
            self.errors.append(f"{message.type}: {message.text}")

    def _requested(self, request):
        address = urlsplit(request.url)
        if f"{address.scheme}://{address.netloc}" != self.origin:
            self.outside.append(request.url)

    def _finished(self, event):
        self.transferred += event["encodedDataLength"]
