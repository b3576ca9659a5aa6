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
    private let database: any Database
    private let sealer: Sealer
    private let algorithm: SigningAlgorithm
    private let loaded = Mutex<(current: SigningKey?, all: KeySet)>((nil, KeySet([])))

    package init(
        _ database: any Database, _ keyring: Keyring, algorithm: SigningAlgorithm
    ) {
        self.database = database
        sealer = keyring.purpose("signing keys")
        self.algorithm = algorithm
    }

    /// Loads the keys; makes the first one. Called before the server answers.
    package func load(at now: Instant) async throws {
        if try await database.all(SigningKeyRow.all, now).isEmpty { try await makeKey(at: now) }
        let rows = try await database.all(SigningKeyRow.all, now)
        let keys = try rows.map { row in
            try SigningKey(
                pkcs8: sealer.open(row.sealedPrivateKey, context: Self.context(row.id)), id: row.id)
        }
        loaded.withLock { $0 = (keys.first, KeySet(keys.map(\.verifyingKey))) }
    }

    /// The key that signs: the newest.
    package var current: SigningKey {
        get throws {
            guard let key = loaded.withLock({ $0.current }) else { throw NotLoaded() }
            return key
        }
    }

    /// All keys that a token may be signed with, newest first.
    package var all: KeySet { loaded.withLock { $0.all } }

    /// A token was to be signed or checked before the keys were read: a mistake in the order of the
    /// start.
    package struct NotLoaded: Error {}

    /// Two nodes that start at once may each make a key: both are valid, the newest signs.
    private func makeKey(at now: Instant) async throws {
        let key = try SigningKey.generate(algorithm)
        let sealed = sealer.seal(key.pkcs8.exposed, context: Self.context(key.id))
        try await database.execute(
            SigningKeyRow.insert, key.id, algorithm.rawValue,
            JSONText(key.verifyingKey.jwk.description), sealed, now)
    }

    private static func context(_ id: String) -> String { "signing_keys.private_sealed.\(id)" }
}

struct SigningKeyRow: RowDecodable {
    let id: String
    let sealedPrivateKey: String

    init(row: inout Row) throws(DatabaseError) {
        id = try row.next()
        sealedPrivateKey = try row.next()
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
        SELECT id, private_sealed FROM signing_keys
        WHERE retired_at IS NULL OR retired_at > $1 ORDER BY created_at DESC, id DESC
        """, binds: Instant.self, returns: SigningKeyRow.self)

    static let statements: [StatementCore] = [insert.core, all.core]
}
