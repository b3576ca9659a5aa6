import DatabaseTesting
import Foundation
import ProviderTesting

/// What a browser visits: a server with the sample resources and both apps, a second one whose icons
/// a model draws, and a provider to sign in with where it is installed.
final class BrowserStage {
    private let server: TrialServer
    private let provider: RealProvider?
    private let model: PromptedMessages
    private let modelServer: TrialServer

    init() throws {
        server = try TrialServer([
            "resources=Examples/items", "apps=icons,studio", "icons.generator=offline",
            "icons.perMinute=1000", "studio.tier=creator", "studio.triggersPerMinute=1000",
        ])
        provider = try RealProvider(for: server.origin)
        model = try PromptedMessages()
        modelServer = try TrialServer([
            "apps=icons", "icons.generator=anthropic", "icons.anthropic.key=fake",
            "icons.anthropic.baseURL=\(model.address)", "icons.anthropic.timeLimit=3s",
            "icons.anthropic.retries=1", "icons.perDay=5",
        ])
        try server.start(with: provider?.settings ?? [])
        try modelServer.start()
    }

    func remove() {
        server.remove()
        modelServer.remove()
    }

    /// For Tests/Browser/run.py.
    var words: [String] {
        [
            server.origin, "--model-server", modelServer.origin, "--program",
            ServerProcess.path(of: "atrium"),
        ]
            + (provider.map { ["--provider", $0.issuer] } ?? [])
    }
}

/// Debian's glewlwyd, that knows a server as a client of its own.
private struct RealProvider {
    private static let (clientID, clientSecret) = ("atrium", "provider-secret-1")

    let issuer: String
    private let script: ScriptProcess

    /// Nil where it is not installed.
    init?(for origin: String) throws {
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/glewlwyd") else { return nil }
        script = try ScriptProcess(
            "OIDC/glewlwyd.py",
            [Self.clientID, Self.clientSecret, origin + "/api/auth/oauth/glewlwyd/callback"])
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
