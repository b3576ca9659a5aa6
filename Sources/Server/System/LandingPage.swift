import API
import Coding
import HTTP
import Secrets

/// The page at `/`: what runs here, where to look next, and a first request.
struct LandingPage: OperationOutput {
    private let html: [UInt8]

    init(baseURL: String) {
        html = Array(Self.html(baseURL: Self.escaped(baseURL)).utf8)
    }

    static func documentation() -> OutputDocumentation {
        OutputDocumentation(.ok, "The page.", mediaType: "text/html", schema: .string)
    }

    func response() -> Response {
        Response(
            .ok,
            fields: [
                .contentType: "text/html; charset=utf-8", .cacheControl: "no-cache",
                .contentSecurityPolicy: Self.policy,
            ], body: .bytes(html))
    }

    /// The page's own style is allowed by its hash, and nothing else that stands in the page.
    private static let policy =
        "default-src 'self'; style-src 'sha256-\(hash(of: style))'; "
        + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

    private static func hash(of text: String) -> String {
        Base64.encode(SHA256.digest(of: Array(text.utf8)).bytes)
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            default: escaped.append(character)
            }
        }
        return escaped
    }

    private static let style = """
        :root { color-scheme: light dark; --text: #1c2024; --quiet: #5a626b; --page: #fcfcfd;
          --box: #f0f1f3; --link: #0b5cad; }
        @media (prefers-color-scheme: dark) { :root { --text: #e8eaed; --quiet: #a2a9b1;
          --page: #16181b; --box: #22262a; --link: #7db7f0; } }
        body { margin: 0 auto; max-width: 44rem; padding: 4rem 1.5rem; color: var(--text);
          background: var(--page); font: 1rem/1.6 system-ui, sans-serif; }
        h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .5rem; }
        h2 { font-size: 1rem; margin: 2.5rem 0 .5rem; }
        p { margin: 0 0 1rem; } .quiet { color: var(--quiet); }
        a { color: var(--link); } li { margin: .25rem 0; } ul { padding-left: 1.25rem; margin: 0; }
        pre { background: var(--box); border-radius: .5rem; padding: 1rem; margin: 0;
          overflow-x: auto; font: .875rem/1.6 ui-monospace, monospace; }
        """

    private static func html(baseURL: String) -> String {
        """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Atrium</title>
        <style>\(style)</style>
        <main>
        <h1>Atrium</h1>
        <p>Accounts, data and realtime in one server. It runs.</p>
        <h2>A first request</h2>
        <pre tabindex="0"><code>curl \(baseURL)/api/v1/auth/register \\
          -H 'Content-Type: application/json' \\
          -d '{"email":"ada@example.com","password":"Analytical1","name":"Ada"}'</code></pre>
        <h2>Further</h2>
        <ul>
        <li><a href="/api/openapi.json">All operations</a> <span class="quiet">OpenAPI 3.1</span></li>
        <li><a href="/health/ready">Health</a> <span class="quiet">and the database’s</span></li>
        </ul>
        </main>
        </html>

        """
    }
}
