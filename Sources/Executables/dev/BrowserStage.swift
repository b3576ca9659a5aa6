import DatabaseTesting
import Foundation

/// What a browser visits: a server with the sample resources and the app of the icons, a provider to
/// sign in with where it is installed.
final class BrowserStage {
    private let server: TrialServer
    private let provider: Provider?

    init() throws {
        server = try TrialServer([
            "resources=Examples/items", "apps=icons", "icons.generator=offline",
        ])
        provider = try Provider(for: server.origin)
        try server.start(with: provider?.settings ?? [])
    }

    func remove() { server.remove() }

    /// For Tests/Browser/run.py.
    var words: [String] {
        [server.origin] + (provider.map { ["--provider", $0.issuer] } ?? [])
    }

    /// Debian's glewlwyd, that knows the server as a client of it.
    private struct Provider {
        private static let (clientID, clientSecret) = ("atrium", "provider-secret-1")

        let issuer: String
        private let script: ScriptProcess

        /// Nil where it is not installed.
        init?(for origin: String) throws {
            guard FileManager.default.isExecutableFile(atPath: "/usr/bin/glewlwyd") else {
                return nil
            }
            script = try ScriptProcess(
                "OIDC/glewlwyd.py",
                [
                    Self.clientID, Self.clientSecret,
                    origin + "/api/auth/oauth/glewlwyd/callback",
                ])
            issuer = script.line()
            if issuer.isEmpty { throw Problem("glewlwyd does not start") }
        }

        var settings: [String] {
            [
                """
                auth.oauth.providers=[{"id": "glewlwyd", "issuer": "\(issuer)", \
                "clientID": "\(Self.clientID)", "clientSecret": "\(Self.clientSecret)"}]
                """
            ]
        }
    }
}
