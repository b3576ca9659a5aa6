import DatabaseTesting
import Glibc
import Synchronization

/// Debian's glewlwyd, a real provider of OpenID Connect, as a process of its own with a client and a
/// user: Tests/OIDC/glewlwyd.py.
final class Glewlwyd: Sendable {
    static let clientID = "atrium"
    static let clientSecret = "provider-secret-1"
    static let redirectURI = "http://localhost:4000/api/auth/oauth/glewlwyd/callback"

    /// The one that all tests use, until this process ends.
    static let shared = Result { try Glewlwyd() }

    let issuer: String
    private let script: Mutex<ScriptProcess>

    struct Unavailable: Error {}

    /// Whether tests with it run here. `CI` makes its absence a failure.
    static let isExpected: Bool = {
        if access("/usr/bin/glewlwyd", X_OK) == 0 { return true }
        let line = "A provider for tests: SKIPPED, glewlwyd not installed (packages/install test)\n"
        write(STDERR_FILENO, line, line.utf8.count)
        return getenv("CI") != nil
    }()

    private init() throws {
        let script = try ScriptProcess(
            "OIDC/glewlwyd.py", [Self.clientID, Self.clientSecret, Self.redirectURI])
        issuer = script.line()
        self.script = Mutex(script)
        if issuer.isEmpty { throw Unavailable() }
    }

    /// Signs its user in at the page, has him consent, and returns where the browser is sent.
    func consent(at url: String) -> String {
        script.withLock { script in
            script.send(line: url)
            return script.line()
        }
    }
}
