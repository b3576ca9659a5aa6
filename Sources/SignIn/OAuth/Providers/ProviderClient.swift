import Coding
import Identity
import Secrets
import Values

/// Who this program is at a provider.
package struct ProviderClient: Sendable {
    /// What shows that it is.
    package enum Proof: Sendable {
        /// A public client: PKCE alone protects its codes.
        case none
        case secret(Secret<String>)
        /// Apple's: a token, made when it is needed.
        case signed(AppleClientSecret)
    }

    package let id: String
    package let proof: Proof
    package let authentication: ProviderSettings.Authentication

    package func secret(at now: Instant) -> Secret<String>? {
        switch proof {
        case .none: nil
        case .secret(let secret): secret
        case .signed(let maker): maker.make(for: id, at: now)
        }
    }
}

/// Makes the tokens that Apple takes for client secrets.
package struct AppleClientSecret: Sendable {
    let team: String
    let key: SigningKey

    /// Half a year is the most that Apple takes; nobody keeps this one.
    private static let lifetime: Int64 = 300

    func make(for client: String, at now: Instant) -> Secret<String> {
        let seconds = now.microseconds / 1_000_000
        let claims: JSON = [
            "iss": .string(team), "iat": .integer(seconds),
            "exp": .integer(seconds + Self.lifetime), "aud": "https://appleid.apple.com",
            "sub": .string(client),
        ]
        return Secret(JWT.sign(claims, with: key, type: nil))
    }
}
