import Coding
import SQL
import Secrets
import Synchronization
import Values

/// The keys that sign access tokens: public halves for everybody, private ones sealed at rest.
///
/// All nodes share them through the database. A key that no longer signs stays in the key set until
/// the last token it signed has ended.
package final class SigningKeys: Sendable {
    let database: any Database
    let sealer: Sealer
    let algorithm: SigningAlgorithm
    private let rules: JWTRules
    private let loaded: Mutex<Loaded>

    private struct Loaded {
        let current: SigningKey?
        let all: KeySet
        let verifier: JWTVerifier
        var at: Instant

        init(_ keys: [SigningKey], _ current: SigningKey?, _ rules: JWTRules, at now: Instant) {
            self.current = current
            all = KeySet(keys.map(\.verifyingKey))
            verifier = JWTVerifier(keys: all, rules: rules)
            at = now
        }
    }

    /// `issuer` is who the tokens say they are from.
    package init(
        _ database: any Database, _ keyring: Keyring, algorithm: SigningAlgorithm, issuer: String
    ) {
        self.database = database
        sealer = keyring.purpose("signing keys")
        self.algorithm = algorithm
        var rules = JWTRules()
        rules.issuer = issuer
        rules.leeway = .zero
        self.rules = rules
        loaded = Mutex(Loaded([], nil, rules, at: .distantPast))
    }

    /// Loads the keys; makes the first one. Called before the server answers, and now and then, since
    /// keys are rotated beside it.
    package func load(at now: Instant) async throws {
        if try await database.all(SigningKeyRow.all, now).isEmpty {
            try await makeKey(signingFrom: now, in: database)
        }
        let rows = try await database.all(SigningKeyRow.all, now)
        // The newest whose time to sign has come.
        let signing = (rows.first { $0.signsFrom <= now } ?? rows.last)?.id
        let isKnown = loaded.withLock { loaded in
            loaded.at = now
            return loaded.current != nil && loaded.current?.id == signing
                && loaded.all.keys.map(\.id) == rows.map(\.id)
        }
        // What is verified already is remembered.
        if isKnown { return }
        let keys = try rows.map { row in
            try SigningKey(
                pkcs8: sealer.open(row.sealedPrivateKey, context: Self.context(row.id)), id: row.id)
        }
        let current = keys.first { $0.id == signing }
        loaded.withLock { $0 = Loaded(keys, current, rules, at: now) }
    }

    /// Loads again for a key that another node may have made since; at most once a second, however
    /// many tokens name keys that nobody has.
    private func reload(at now: Instant) async throws -> Bool {
        guard loaded.withLock({ now - $0.at >= .seconds(1) }) else { return false }
        try await load(at: now)
        return true
    }

    /// What a token says, if one of the keys signed it and it has not ended.
    package func verify(_ token: String, at now: Instant) async throws -> JWT.Verified? {
        do throws(JWTError) {
            return try verifier.verify(token, at: now)
        } catch {
            guard error == .unknownKey else { return nil }
        }
        guard try await reload(at: now) else { return nil }
        return try? verifier.verify(token, at: now)
    }

    /// The key that signs.
    package var current: SigningKey {
        get throws {
            guard let key = loaded.withLock({ $0.current }) else { throw NotLoaded() }
            return key
        }
    }

    /// All keys that a token may be signed with, newest first.
    package var all: KeySet { loaded.withLock { $0.all } }

    /// Remembers the tokens that it has seen.
    private var verifier: JWTVerifier { loaded.withLock { $0.verifier } }

    /// A token was to be signed or checked before the keys were read: a mistake in the order of the
    /// start.
    package struct NotLoaded: Error {}

    /// Two nodes that start at once may each make a key: both are valid, the newest signs.
    @discardableResult
    func makeKey(
        signingFrom start: Instant, in runner: any StatementRunner
    ) async throws -> String {
        let key = try SigningKey.generate(algorithm)
        let sealed = sealer.seal(key.pkcs8.exposed, context: Self.context(key.id))
        try await runner.execute(
            SigningKeyRow.insert, key.id, algorithm.rawValue,
            JSONText(key.verifyingKey.jwk.description), sealed, start)
        return key.id
    }

    static func context(_ id: String) -> String { "signing_keys.private_sealed.\(id)" }
}

struct SigningKeyRow: RowDecodable {
    let id: String
    let sealedPrivateKey: String
    /// Until then it is only published, so that whoever keeps the key set for a while knows it.
    let signsFrom: Instant

    init(row: inout Row) throws(DatabaseError) {
        id = try row.next()
        sealedPrivateKey = try row.next()
        signsFrom = try row.next()
    }

    static let insert = Statement(
        .write,
        """
        INSERT INTO signing_keys (id, algorithm, public_key, private_sealed, created_at)
        VALUES ($1, $2, $3, $4, $5)
        """, binds: String.self, String.self, JSONText.self, String.self, Instant.self)

    static let all = Statement(
        .scan,
        """
        SELECT id, private_sealed, created_at FROM signing_keys
        WHERE retired_at IS NULL OR retired_at > $1 ORDER BY created_at DESC, id DESC
        """, binds: Instant.self, returns: SigningKeyRow.self)

    static let retireOthers = Statement(
        .write,
        """
        UPDATE signing_keys SET retired_at = $2 WHERE id <> $1 AND retired_at IS NULL
        """, binds: String.self, Instant.self)

    static let deleteRetired = Statement(
        .write, "DELETE FROM signing_keys WHERE retired_at <= $1", binds: Instant.self)

    static let statements: [StatementCore] = [
        insert.core, all.core, retireOthers.core, deleteRetired.core,
    ]
}
