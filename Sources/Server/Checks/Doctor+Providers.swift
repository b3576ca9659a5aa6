import Identity
import Outgoing
import SignIn

extension Doctor {
    /// One line for each provider that is on. What can be found out by asking is asked for: the document
    /// in which a provider of OpenID Connect tells its addresses.
    func providers() async -> [Finding] {
        let client = HTTPClient(HTTPClient.Options(settings.outgoing))
        defer { client.close() }
        let check = ProviderCheck(settings.auth, client)
        var findings: [Finding] = []
        for provider in check.providers { findings.append(await finding(of: provider, check)) }
        return findings
    }

    private func finding(of provider: Provider, _ check: ProviderCheck) async -> Finding {
        if let problem = await check.problem(of: provider, at: environment.clock.now) {
            return .failure("provider", "\(provider.id): \(problem)")
        }
        let uri = ProviderCheck.redirectURI(of: provider.id, below: settings.effectiveBaseURL)
        let isLocal = ["http://localhost", "http://127.0.0.1"].contains(where: uri.hasPrefix)
        guard settings.isSecure || isLocal else {
            return .warning("provider", "\(provider.id) may refuse \(uri), which is not https")
        }
        return .ok("provider", "\(provider.id) sends back to \(uri)")
    }
}
