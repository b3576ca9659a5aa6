import Bus
import DatabaseTesting
import SQL
import Secrets
import Testing
import Values

@testable import Identity

/// Decision 9: keys are rotated while servers are at work.
struct KeyRotationTests {
    private func withMigrated(
        on engine: Engine, _ body: @escaping @Sendable (TestStore) async throws -> Void
    ) async throws {
        try await withStore(on: engine) { store in
            try await Migrator(Identity.migrations, clock: .system).up(on: store)
            try await body(store)
        }
    }

    /// What a server does each minute.
    private static func lookAgain(_ nodes: Node...) async throws {
        for node in nodes { try await node.identity.sweep(at: node.clock.now) }
    }

    @Test(arguments: Engine.tested)
    func `a new key is published before it signs, and the old one verifies till the end`(
        on engine: Engine
    ) async throws {
        try await withMigrated(on: engine) { store in
            let (bus, clock) = (InProcessBus(), MovableClock())
            let one = try await Node(store, bus, clock)
            let two = try await Node(store, bus, clock)
            let user = try await one.user()
            let old = try one.identity.signingKeys.current.id
            let rotation = try await one.identity.rotateKeys(at: clock.now)
            // Nodes learn of it by looking, as they do each minute.
            try await Self.lookAgain(one, two)
            for node in [one, two] {
                #expect(try node.identity.signingKeys.current.id == old)
                #expect(
                    node.identity.signingKeys.all.keys.map(\.id) == [rotation.signingKey, old])
            }
            // The last moment at which the old key signs.
            clock.advance(by: SigningKeys.publishedBefore - .seconds(1))
            try await Self.lookAgain(one, two)
            let last = try one.identity.accessTokens.issue(for: user.active, at: clock.now).token
            clock.advance(by: .seconds(1))
            try await Self.lookAgain(one, two)
            #expect(try one.identity.signingKeys.current.id == rotation.signingKey)
            let first = try one.identity.accessTokens.issue(for: user.active, at: clock.now).token
            for node in [one, two] {
                #expect(try await node.admits(last))
                #expect(try await node.admits(first))
            }
            clock.advance(by: .minutes(15) - .seconds(2))
            try await Self.lookAgain(one, two)
            #expect(try await two.admits(last))
            clock.advance(by: .seconds(2))
            #expect(try await !two.admits(last))
            // And then it is gone.
            clock.advance(by: SigningKeys.publishedBefore)
            try await Self.lookAgain(one, two)
            #expect(two.identity.signingKeys.all.keys.map(\.id) == [rotation.signingKey])
            #expect(try await one.identity.signingKeys.list().count == 1)
        }
    }

    @Test(arguments: Engine.tested)
    func `tokens are issued and admitted while keys rotate`(on engine: Engine) async throws {
        try await withMigrated(on: engine) { store in
            let (bus, clock) = (InProcessBus(), MovableClock())
            let node = try await Node(store, bus, clock)
            let user = try await node.user()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for _ in 0..<5 { _ = try await node.identity.rotateKeys(at: clock.now) }
                }
                for _ in 0..<20 {
                    group.addTask {
                        for _ in 0..<10 {
                            let issued = try node.identity.accessTokens.issue(
                                for: user.active, at: clock.now)
                            #expect(try await node.admits(issued.token))
                            try await node.identity.sweep(at: clock.now)
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `what an old encryption key has sealed is sealed anew, and then it can go`(
        on engine: Engine
    ) async throws {
        try await withMigrated(on: engine) { store in
            let clock = MovableClock()
            let before = try await Node(store, InProcessBus(), clock)
            let user = try await before.user()
            // The new key in front: everything can be read still.
            let both = try await Node(
                store, InProcessBus(), clock, keys: Node.key(2) + "," + Node.key(1))
            #expect(try await both.admits(user.access.token))
            let column = try #require(both.identity.sealedColumns.first)
            #expect(try await column.count(in: store) == [1: 1])
            let rotation = try await both.identity.rotateKeys(at: clock.now)
            #expect(rotation.resealed == 1)
            #expect(try await column.count(in: store) == [2: 2])
            #expect(try await both.identity.rotateKeys(at: clock.now).resealed == 0)
            // Without the old key.
            let after = try await Node(store, InProcessBus(), clock, keys: Node.key(2))
            #expect(try await after.admits(user.access.token))
            // The old key alone is of no use any more.
            await #expect(throws: SealError.unknownKey(2)) {
                _ = try await Node(store, InProcessBus(), clock, keys: Node.key(1))
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `mails that are on their way when keys rotate are good still`(
        on engine: Engine
    ) async throws {
        try await withMigrated(on: engine) { store in
            let clock = MovableClock()
            let before = try await Node(store, InProcessBus(), clock)
            let user = try await before.user().active.user
            let new = EmailAddress(stored: "new@example.com")
            let issued = try await store.transaction { transaction in
                try await before.identity.verifications.issue(
                    .changeEmail, for: user.id, to: new, VerificationValue(email: new),
                    expiresAt: clock.now + .hours(1), at: clock.now, in: transaction)
            }
            let both = try await Node(
                store, InProcessBus(), clock, keys: Node.key(2) + "," + Node.key(1))
            #expect(try await both.identity.rotateKeys(at: clock.now).resealed == 2)
            // The value is read without the old key; the code was hashed with it.
            let after = try await Node(store, InProcessBus(), clock, keys: Node.key(2))
            let found = try await after.identity.verifications.look(issued.token, at: clock.now)
            #expect(found?.verification.value.email == new)
            let consumed = try await store.transaction { transaction in
                try await both.identity.verifications.consume(
                    .code(issued.code, new), .changeEmail, at: clock.now, in: transaction)
            }
            #expect(consumed?.user == user.id)
        }
    }

    @Test(arguments: Engine.tested)
    func `a rotation is recorded`(on engine: Engine) async throws {
        try await withMigrated(on: engine) { store in
            let node = try await Node(store, InProcessBus(), MovableClock())
            let rotation = try await node.identity.rotateKeys(at: node.clock.now)
            let entries = try await node.identity.audit.list(
                about: nil, since: .distantPast, max: 10)
            #expect(entries.map(\.event) == [.keysRotated])
            #expect(entries.first?.details.contains(rotation.signingKey) == true)
        }
    }
}
