import Bus
import DatabaseTesting
import SQL
import Secrets
import Testing
import Values

@testable import Identity

/// S3-26: what a password costs and how it is kept.
struct PasswordVaultTests {
    private func withNode(
        on engine: Engine, _ body: @escaping @Sendable (Node) async throws -> Void
    ) async throws {
        try await withStore(on: engine) { store in
            try await Migrator(Identity.migrations, clock: .system).up(on: store)
            try await body(try await Node(store, InProcessBus(), MovableClock()))
        }
    }

    @Test(arguments: Engine.tested)
    func `an unknown user, one without a password and a wrong password cost one hash each`(
        on engine: Engine
    ) async throws {
        try await withNode(on: engine) { node in
            _ = try await node.user()
            let vault = node.identity.passwords
            let known = try await node.identity.database.first(
                User.findByEmail, try EmailAddress("ada@example.com"))
            #expect(known != nil)
            let before = node.hashesAsked
            for user in [known, nil] {
                #expect(try await !vault.check(Secret("Wrong-horse-1"), of: user))
            }
            #expect(try await vault.check(Secret("Correct-horse-1"), of: known))
            #expect(node.hashesAsked - before == 3)
        }
    }

    // C12
    @Test(arguments: Engine.tested)
    func `with argon2id by setting a bcrypt hash is replaced at the next sign-in`(
        on engine: Engine
    ) async throws {
        try await withStore(on: engine) { store in
            try await Migrator(Identity.migrations, clock: .system).up(on: store)
            let (bus, clock) = (InProcessBus(), MovableClock())
            _ = try await Node(store, bus, clock).user()
            var settings = Node.settings
            settings.password.algorithm = .argon2id
            settings.password.argon2.memoryKibibytes = 64
            let node = try await Node(store, bus, clock, settings)
            let email = try EmailAddress("ada@example.com")
            let secret = Secret("Correct-horse-1")
            var ada = try await store.first(User.findByEmail, email)
            #expect(ada?.passwordHash?.hasPrefix("$2b$04$") == true)
            #expect(try await node.identity.passwords.check(secret, of: ada))
            ada = try await store.first(User.findByEmail, email)
            #expect(ada?.passwordHash?.hasPrefix("$argon2id$v=19$m=64,t=2,p=1$") == true)
            #expect(try await node.identity.passwords.check(secret, of: ada))
        }
    }

    @Test func `ten rounds unless a setting says otherwise`() {
        #expect(IdentitySettings().password.bcryptCost.value == 10)
        #expect(IdentitySettings().password.policy == .strict)
    }

    // C12
    @Test(arguments: Engine.tested)
    func `an older hash is verified and brought up to date`(on engine: Engine) async throws {
        try await withNode(on: engine) { node in
            _ = try await node.user()
            let email = try EmailAddress("ada@example.com")
            let database = node.identity.database
            let costly = PasswordHasher(algorithm: .bcrypt(cost: 5), randomness: .system)
            let current = try #require(
                try await database.first(User.findByEmail, email)?.passwordHash)
            let old = try costly.hash(Secret("Correct-horse-1"))
            let id = try #require(try await database.first(User.findByEmail, email)).user.id
            try await database.execute(User.updatePasswordHash, id, old, current)
            let user = try await database.first(User.findByEmail, email)
            #expect(user?.passwordHash == old)
            #expect(try await !node.identity.passwords.check(Secret("Wrong-horse-1"), of: user))
            #expect(
                try await database.first(User.findByEmail, email)?.passwordHash == old)
            #expect(try await node.identity.passwords.check(Secret("Correct-horse-1"), of: user))
            let new = try await database.first(User.findByEmail, email)?.passwordHash
            #expect(new?.hasPrefix("$2b$04$") == true)
        }
    }

    @Test(arguments: Engine.tested)
    func `a hash is not brought up to date over one that was set meanwhile`(
        on engine: Engine
    ) async throws {
        try await withNode(on: engine) { node in
            _ = try await node.user()
            let email = try EmailAddress("ada@example.com")
            let database = node.identity.database
            let stale = try #require(try await database.first(User.findByEmail, email))
            try await database.execute(
                User.updatePasswordHash, stale.user.id, "changed", stale.passwordHash ?? "")
            try await database.execute(
                User.updatePasswordHash, stale.user.id, "rehashed", stale.passwordHash ?? "")
            #expect(
                try await database.first(User.findByEmail, email)?.passwordHash == "changed")
        }
    }
}
