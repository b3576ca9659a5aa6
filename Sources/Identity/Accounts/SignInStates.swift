import Coding
import SQL
import Secrets
import Values

/// Remembers who was sent to a provider, and takes each of them back once.
///
/// The database knows the hash of the state that goes over the provider, and the hash of a secret
/// that stays in the browser: who has seen one of them can do nothing with it.
package struct SignInStates: Sendable {
    /// How long somebody may take at his provider.
    package static let lifetime: Duration = .minutes(10)
    /// Characters of base64url, of states and of browsers' secrets.
    package static let secretLength = 43

    let database: any Database
    let randomness: Randomness
    let sealer: Sealer

    init(_ database: any Database, _ randomness: Randomness, _ keyring: Keyring) {
        (self.database, self.randomness) = (database, randomness)
        sealer = keyring.purpose("sign-in states")
    }

    /// What a state that was shown came to.
    package enum Outcome: Sendable {
        case taken(SignInMemo)
        /// Another browser began. Nothing has been consumed.
        case otherBrowser(SignInMemo)
        /// Used, expired, for another provider, or never given out.
        case unknown
    }

    package func makeSecret() -> Secret<String> {
        Secret(RandomToken.make(Self.secretLength, of: .base64URL, from: randomness))
    }

    /// `browser` is the secret that the browser keeps.
    package func insert(
        _ memo: SignInMemo, state: Secret<String>, browser: Secret<String>, provider: String,
        at now: Instant
    ) async throws {
        let id = ID<SignInState>(at: now, from: randomness)
        let sealed = sealer.seal(try JSONCoder.encode(memo), context: Self.context(id))
        try await database.execute(
            SignInState.insert, id, TokenHash(of: state.exposed), TokenHash(of: browser.exposed),
            provider, memo.linkedUser, sealed, now + Self.lifetime, now)
    }

    /// Without a secret of the browser nothing is consumed.
    package func consume(
        _ state: String, browser: String?, provider: String, at now: Instant
    ) async throws -> Outcome {
        let hash = TokenHash(of: state)
        if let browser {
            let taken = try await database.first(
                SignInState.consume, hash, TokenHash(of: browser), provider, now)
            if let memo = taken.flatMap(open) { return .taken(memo) }
        }
        let found = try await database.first(SignInState.find, hash, provider, now)
        return found.flatMap(open).map(Outcome.otherBrowser) ?? .unknown
    }

    func sweep(at now: Instant) async throws {
        try await database.execute(SignInState.deleteExpired, now)
        try await database.execute(SignInCode.deleteExpired, now)
    }

    private func open(_ row: SignInState) -> SignInMemo? {
        guard let bytes = try? sealer.open(row.sealedMemo, context: Self.context(row.id)) else {
            return nil
        }
        return try? JSONCoder.decode(SignInMemo.self, from: bytes.exposed)
    }

    private static func context(_ id: ID<SignInState>) -> String {
        "sign_in_states.memo_sealed.\(id)"
    }
}
