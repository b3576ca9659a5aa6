"""A real provider of OpenID Connect for tests: Debian's glewlwyd, with a database of its own.

    glewlwyd.py CLIENT_ID CLIENT_SECRET REDIRECT_URI

Prints its issuer once it answers; its own pages are there, too, for a browser to sign in on. Each line of the input is then the address of its page, for which
it signs the user in and consents, by glewlwyd's own JSON API as its pages do, and prints where the
browser is sent back to, or `error: …`. Ends, and glewlwyd with it, when its input does.
"""
import http.cookiejar, json, os, shutil, socket, sqlite3, subprocess, sys, tempfile, time
import urllib.error, urllib.parse, urllib.request

PAGES = "/usr/share/glewlwyd/webapp"
SCHEMA = "/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3"
USER = {"username": "ada", "name": "Ada Lovelace", "email": "ada@example.com",
        "password": "correct-horse-1", "enabled": True, "scope": ["openid", "g_profile"],
        "email_verified": "true"}


class Browser:
    """Keeps cookies and does not follow redirects."""

    def __init__(self, base):
        self.base = base
        stay = type("Stay", (urllib.request.HTTPRedirectHandler,),
                    {"redirect_request": lambda *_: None})
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), stay,
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def ask(self, method, place, body=None):
        data = None if body is None else json.dumps(body).encode()
        url = place if "://" in place else self.base + place
        request = urllib.request.Request(url, data, {"Content-Type": "application/json"})
        request.method = method
        try:
            answer = self.opener.open(request, timeout=10)
        except urllib.error.HTTPError as error:
            answer = error
        return answer.status, answer.headers, answer.read()

    def require(self, method, place, body=None):
        status, _, text = self.ask(method, place, body)
        if status != 200:
            raise SystemExit(f"{method} {place}: {status} {text!r}")
        return text


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def configuration(directory, port):
    return f"""
port={port}
bind_address="127.0.0.1"
external_url="http://127.0.0.1:{port}"
login_url="login.html"
api_prefix="api"
log_mode="file"
log_level="WARNING"
log_file="{directory}/glewlwyd.log"
cookie_secure=0
session_key="GLEWLWYD2_SESSION_ID"
session_expiration=3600
admin_scope="g_admin"
profile_scope="g_profile"
user_module_path="/usr/lib/glewlwyd/user"
client_module_path="/usr/lib/glewlwyd/client"
user_auth_scheme_module_path="/usr/lib/glewlwyd/scheme"
plugin_module_path="/usr/lib/glewlwyd/plugin"
use_secure_connection=false
secure_connection_key_file="unused"
secure_connection_pem_file="unused"
secure_connection_ca_file="unused"
hash_algorithm="SHA256"
static_files_path="{directory}/webapp/"
static_files_mime_types = ({mime_types()});
database = {{ type = "sqlite3"; path = "{directory}/glewlwyd.db"; }};
"""


def mime_types():
    types = {"html": "text/html", "css": "text/css", "js": "application/javascript",
             "json": "application/json"}
    return ", ".join(
        f'{{ extension = ".{end}"; mime_type = "{type}" }}' for end, type in types.items())


def lay_out_pages(directory):
    """glewlwyd's own pages: copied, since it serves no file that is linked from elsewhere. Debian has
    their settings in a folder of the file's name, and links to packages that need not be there."""
    pages = f"{directory}/webapp"
    shutil.copytree(PAGES, pages, ignore=lambda folder, names: [
        name for name in names if not os.path.exists(f"{folder}/{name}")])
    settings = f"{pages}/config.json"
    if os.path.isdir(settings):
        os.rename(settings, f"{pages}/settings")
        os.rename(f"{pages}/settings/config.json", settings)


def allow_verified(database):
    """Lets users' rows hold whether an address is verified, of which glewlwyd itself knows nothing."""
    table = "g_user_module_instance"
    format = json.loads(database.execute(f"SELECT gumi_parameters FROM {table}").fetchone()[0])
    format["data-format"]["email_verified"] = {
        "multiple": False, "read": True, "write": True, "profile-read": True,
        "profile-write": False}
    database.execute(f"UPDATE {table} SET gumi_parameters = ?", [json.dumps(format)])


def start(directory):
    """glewlwyd, and the browser of its administrator."""
    with sqlite3.connect(f"{directory}/glewlwyd.db") as database, open(SCHEMA) as schema:
        database.executescript(schema.read())
        allow_verified(database)
    lay_out_pages(directory)
    port = free_port()
    with open(f"{directory}/glewlwyd.conf", "w") as file:
        file.write(configuration(directory, port))
    process = subprocess.Popen(
        ["/usr/bin/glewlwyd", "-c", f"{directory}/glewlwyd.conf"], stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    admin = Browser(f"http://127.0.0.1:{port}")
    for _ in range(200):
        try:
            admin.ask("GET", "/api/")
            return process, admin
        except OSError:
            if process.poll() is not None:
                raise SystemExit(f"glewlwyd ended with {process.returncode}")
            time.sleep(0.05)
    raise SystemExit("glewlwyd does not answer")


def key():
    """An RSA key, as PEM."""
    made = subprocess.run(["openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt",
                           "rsa_keygen_bits:2048"], check=True, capture_output=True).stdout
    public = subprocess.run(["openssl", "pkey", "-pubout"], check=True, input=made,
                            capture_output=True).stdout
    return made.decode(), public.decode()


def set_up(admin, issuer, client_id, client_secret, redirect_uri):
    admin.require("POST", "/api/auth/", {"username": "admin", "password": "password"})
    private, public = key()
    admin.require("POST", "/api/mod/plugin/", {
        "module": "oidc", "name": "oidc", "display_name": "OIDC", "order_rank": 0,
        "readonly": False, "parameters": {
            "iss": issuer, "jwt-type": "rsa", "jwt-key-size": "256", "key": private,
            "cert": public, "access-token-duration": 3600, "refresh-token-duration": 1209600,
            "code-duration": 600, "refresh-token-rolling": True, "allow-non-oidc": False,
            "auth-type-code-enabled": True, "auth-type-token-enabled": False,
            "auth-type-id-token-enabled": False, "auth-type-none-enabled": False,
            "auth-type-password-enabled": False, "auth-type-client-enabled": False,
            "auth-type-device-enabled": False, "auth-type-refresh-enabled": True,
            "jwks-show": True, "pkce-allowed": True, "pkce-method-plain-allowed": False,
            "subject-type": "public", "name-claim": "mandatory", "email-claim": "mandatory",
            "claims": [{"name": "email_verified", "user-property": "email_verified",
                        "type": "boolean", "boolean-value-true": "true",
                        "boolean-value-false": "false", "mandatory": True, "on-demand": False,
                        "scope": []}]}})
    for scope in ("email", "profile", "offline_access"):
        admin.require("POST", "/api/scope/", {
            "name": scope, "display_name": scope, "description": scope,
            "password_required": False, "scheme": {}})
    user = dict(USER, scope=["openid", "email", "profile", "g_profile"])
    admin.require("POST", "/api/user/", user)
    admin.require("POST", "/api/client/", {
        "client_id": client_id, "name": "Tests", "enabled": True, "confidential": True,
        "client_secret": client_secret, "redirect_uri": [redirect_uri],
        "authorization_type": ["code", "refresh_token"], "scope": [],
        "token_endpoint_auth_method": ["client_secret_basic", "client_secret_post"]})


def consent(base, client_id, url):
    """What a browser does at the page: sign in, allow what is asked for, go on."""
    browser = Browser(base)
    browser.require("POST", "/api/auth/", {"username": USER["username"], "password": USER["password"]})
    asked = urllib.parse.parse_qs(urllib.parse.urlsplit(url).query).get("scope", [""])[0]
    browser.require("PUT", f"/api/auth/grant/{client_id}", {"scope": asked})
    status, fields, text = browser.ask("GET", url + "&g_continue")
    target = fields.get("Location", "")
    if status != 302 or "login.html" in target:
        return f"error: {status} {target} {text[:200]!r}"
    return target


def main():
    client_id, client_secret, redirect_uri = sys.argv[1:4]
    with tempfile.TemporaryDirectory(prefix="atrium-glewlwyd-") as directory:
        serve(directory, client_id, client_secret, redirect_uri)


def serve(directory, client_id, client_secret, redirect_uri):
    process, admin = start(directory)
    try:
        issuer = admin.base + "/api/oidc"
        set_up(admin, issuer, client_id, client_secret, redirect_uri)
        print(issuer, flush=True)
        for line in sys.stdin:
            print(consent(admin.base, client_id, line.strip()), flush=True)
    finally:
        process.kill()
        process.wait()


main()
