import API
import Coding
import Identity
import Secrets
import Values

/// Exchanges codes and refresh tokens for tokens (RFC 6749 §4.1.3, §6).
struct TokenEndpoint: Sendable {
    let provider: Provider
    let place: String
    let caller: ProviderCaller

    func exchange(
        code: String, verifier: String?, redirectURI: String, at now: Instant
    ) async throws -> ProviderTokens {
        var form: [FormURLEncoded.Field] = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirectURI),
        ]
        if let verifier { form.append(("code_verifier", verifier)) }
        return try await send(form, at: now)
    }

    func refresh(_ token: Secret<String>, at now: Instant) async throws -> ProviderTokens {
        try await send(
            [("grant_type", "refresh_token"), ("refresh_token", token.exposed)], at: now)
    }

    private func send(
        _ form: [FormURLEncoded.Field], at now: Instant
    ) async throws -> ProviderTokens {
        var form = form
        let secret = provider.client.secret(at: now)
        var authorization: Secret<String>?
        if let secret, provider.client.authentication == .basic {
            authorization = Self.basic(provider.client.id, secret)
        } else {
            form.append(("client_id", provider.client.id))
            if let secret { form.append(("client_secret", secret.exposed)) }
        }
        let answer = try await caller.post(place, form, authorization: authorization)
        return try ProviderTokens(answer, of: provider.id, at: now)
    }

    /// Both are encoded as in a form before (RFC 6749 §2.3.1).
    private static func basic(_ id: String, _ secret: Secret<String>) -> Secret<String> {
        let parts = [id, secret.exposed].map { FormURLEncoded.encode([("", $0)]).dropFirst() }
        return Secret("Basic " + Base64.encode(Array(parts.joined(separator: ":").utf8)))
    }
}

extension ProviderTokens {
    /// What a token endpoint answers (RFC 6749 §5). Some refuse with 200.
    init(_ answer: JSON, of provider: ProviderID, at now: Instant) throws {
        if let refusal = answer["error"] { throw Self.failure(refusal, of: provider) }
        // Of another kind than those that are shown as they are, nothing is known (RFC 6749 §7.1).
        if let type = answer["token_type"]?.asString, type.lowercased() != "bearer" {
            throw Failure.providerFaulty.because(
                ProviderProblem("\(provider) gives tokens of another kind"))
        }
        self.init()
        access = try Self.token("access_token", in: answer, of: provider)
        refresh = try Self.token("refresh_token", in: answer, of: provider)
        id = try Self.token("id_token", in: answer, of: provider)
        guard access != nil || id != nil else {
            throw Failure.providerFaulty.because(ProviderProblem("\(provider) gives no token"))
        }
        accessExpiresAt = Self.end("expires_in", in: answer, at: now)
        refreshExpiresAt = Self.end("refresh_token_expires_in", in: answer, at: now)
        scopes = answer["scope"]?.asString.map { text in
            text.split { $0 == " " || $0 == "," }.map(String.init)
        }
    }

    /// A code or token that is not taken is whoever showed it; that we are not known is ours.
    private static func failure(_ refusal: JSON, of provider: ProviderID) -> Failure {
        let code = refusal.asString ?? "an error without a code"
        let isGrant = ["invalid_grant", "bad_verification_code", "bad_refresh_token"].contains(code)
        return (isGrant ? Failure.grantRefused : .providerFaulty).because(
            ProviderProblem("\(provider) refuses: \(code.prefix(100))"))
    }

    /// Visible characters (RFC 6749 appendix A.12), so that none of them starts a field of its own.
    private static func token(
        _ name: String, in answer: JSON, of provider: ProviderID
    ) throws -> Secret<String>? {
        guard let value = answer[name], !value.isNull else { return nil }
        guard let text = value.asString, (1...bytesMax).contains(text.utf8.count),
            text.utf8.allSatisfy({ 0x20...0x7e ~= $0 })
        else {
            throw Failure.providerFaulty.because(ProviderProblem("\(name) of \(provider) is none"))
        }
        return Secret(text)
    }

    private static let bytesMax = 32 << 10

    /// A number, or one in quotes. Beyond ten years it is as good as for ever.
    private static func end(_ name: String, in answer: JSON, at now: Instant) -> Instant? {
        let seconds = answer[name]?.asNumber ?? answer[name]?.asString.flatMap(Double.init)
        guard let seconds, seconds >= 0, seconds < 10 * 366 * 86_400 else { return nil }
        return now + .seconds(Int64(seconds))
    }
}
