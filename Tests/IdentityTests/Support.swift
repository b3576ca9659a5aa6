import API
import Bus
import DatabaseTesting
import HTTP
import Logs
import Loop
import SQL
import Secrets
import Values

@testable import Identity

/// Runs `body` on a loop with an empty database.
func withStore(
    on engine: Engine, _ body: @escaping @Sendable (TestStore) async throws -> Void
) async throws {
    try await TestDatabase.opened(on: engine) { stores, _ in try await body(stores[0]) }
}

/// Identity over a store, as one node of a program has it.
struct Node: Sendable {
    let identity: Identity
    let hashing: BlockingPool
    let clock: MovableClock
    private let ear: BusSubscription

    init(
        _ store: TestStore, _ bus: any Bus, _ clock: MovableClock,
        _ settings: IdentitySettings = Node.settings, keys: String = Node.key(1)
    ) async throws {
        hashing = BlockingPool(name: "hashing", threads: 2, queueLimit: 100)
        self.clock = clock
        identity = Identity(
            settings,
            Identity.Parts(
                database: store, bus: bus, hashing: hashing, limiter: MemoryGuardLimiter(),
                keyring: try Keyring(list: Secret(keys), randomness: .system),
                randomness: .system, baseURL: "http://localhost:4000"))
        ear = try await identity.start(at: clock.now)
    }

    /// An entry of `ENCRYPTION_KEYS`.
    static func key(_ id: Int) -> String {
        let letters = Array("AEIMQUYcgkosw048")
        return "\(id):" + String(repeating: "A", count: 42) + "\(letters[id - 1])="
    }

    static var settings: IdentitySettings {
        var settings = IdentitySettings()
        settings.password.bcryptCost = 4
        return settings
    }

    /// A user who has just registered, with tokens.
    func user(_ email: String = "ada@example.com") async throws -> IssuedTokens {
        let address = try EmailAddress(email)
        let hash = try await identity.passwords.hash(
            NewPassword(Secret("Correct-horse-1"), identity.passwordPolicy))
        let now = clock.now
        let user = User(
            id: ID(at: now, from: .system), email: address, name: "Ada", image: nil, createdAt: now)
        return try await identity.database.transaction { transaction in
            try await transaction.execute(
                User.insert, user.id, user.email, user.name, user.image, hash, now)
            return try await identity.issueTokens(
                for: user, on: Device(address: "192.0.2.1", userAgent: "tests"), at: now,
                in: transaction)
        }
    }

    /// Hashes that the pool was asked for, done or not.
    var hashesAsked: Int {
        let counts = hashing.counts
        return counts.queued + counts.running + counts.completed
    }

    var call: Call {
        Call(
            request: Request(.post, "/"), now: clock.now, requestID: "test", logger: .none)
    }

    /// Whether an access token lets its bearer through.
    func admits(_ token: String) async throws -> Bool {
        let request = Request(.get, "/", fields: [.authorization: "Bearer " + token])
        let call = Call(request: request, now: clock.now, requestID: "test", logger: .none)
        do {
            _ = try await identity.bearer.check(call)
            return true
        } catch let failure as Failure where failure == .unauthorized {
            return false
        }
    }
}
