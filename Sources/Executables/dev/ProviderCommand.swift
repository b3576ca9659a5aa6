import Foundation
import ProviderTesting

extension Command {
    /// Something to sign in with while one writes a page, without an account anywhere
    /// (docs/providers.md).
    static let provider = Command(
        name: "provider", summary: "serves a provider of OAuth 2.0 that takes everybody's word"
    ) { words in
        var options = Options(words)
        let port = try options.number("--port", default: 4790)
        try options.end()
        let server = try MockProvider.start(port: port)
        say("A provider is at \(server.address) until this ends.")
        while true { pause() }
    }
}
