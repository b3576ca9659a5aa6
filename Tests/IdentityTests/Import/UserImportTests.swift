import Bus
import DatabaseTesting
import SQL
import Secrets
import Testing
import Values

@testable import Identity

struct UserImportTests {
    /// better-auth 1.7's scrypt of "Correct horse 1".
    private static let scrypt =
        "0123456789abcdef0123456789abcdef:bb46efbbad2df1bdfe92b8d3868f12ad90364b4e7ee75ceff3bf8bb1a87de88865db54a8c276ba68a212423d7e10df77bf95014e3db3f93ce3eac6be1a06849e"

    /// A store with better-auth's users and one with nobody.
    private func withStores(
        on engine: Engine,
        _ body: @escaping @Sendable (_ from: TestStore, _ to: TestStore) async throws -> Void
    ) async throws {
        try await withStore(on: engine) { source in
            try await BetterAuthTables.create(on: source)
            try await withStore(on: engine) { store in
                try await Migrator(Identity.migrations, clock: .system).up(on: store)
                try await body(source, store)
            }
        }
    }

    private func run(
        _ source: inout some UserSource, into store: TestStore, isDry: Bool = false
    ) async throws -> ImportReport {
        let log = AuditLog(store, .system, storesAddress: true)
        return try await UserImport(store, log, .system, .system, isDry: isDry)
            .run(from: &source) { _, _ in }
    }

    @Test(arguments: Engine.tested)
    func `the statements fit better-auth's tables`(on engine: Engine) async throws {
        try await withStore(on: engine) { store in
            try await BetterAuthTables.create(on: store)
            let problems = await StatementCheck(on: store).problems(in: BetterAuthRow.statements)
            for problem in problems { Issue.record("\(problem)") }
        }
    }

    @Test(arguments: Engine.tested)
    func `a user of better-auth signs in with the old password`(on engine: Engine) async throws {
        try await withStores(on: engine) { from, store in
            try await BetterAuthTables.fill(from, count: 3, password: Self.scrypt)
            try await from.execute(
                BetterAuthTables.insertAccount, "github", "user100000", "github", String?.none)
            var source = try await BetterAuthDatabase(from, on: engine)
            #expect(source.otherAccounts == 1)
            let report = try await run(&source, into: store)
            #expect(report.imported == 3)
            #expect(report.refused == 0)
            let node = try await Node(store, InProcessBus(), MovableClock())
            let found = try await store.first(User.findByEmail, try EmailAddress("u0@example.com"))
            let ada = try #require(found)
            #expect(ada.user.name == "User 0")
            #expect(ada.user.createdAt == Instant("2025-06-01T10:00:00.250Z"))
            #expect(ada.user.emailVerifiedAt == ada.user.createdAt)
            #expect(try await node.identity.passwords.check(Secret("Correct horse 1"), of: ada))
            // And has a new hash from then on.
            let again = try await store.first(User.findByEmail, ada.user.email)
            #expect(again?.passwordHash?.hasPrefix("$2b$04$") == true)
            #expect(try await node.identity.passwords.check(Secret("Correct horse 1"), of: again))
            let other = try await store.first(User.findByEmail, try EmailAddress("u1@example.com"))
            #expect(other?.user.isEmailVerified == false)
        }
    }

    /// A source that ends in an error, as when the power goes.
    private struct Interrupted: UserSource {
        struct Stop: Error {}

        var source: BetterAuthDatabase
        var batches: Int

        var progress: (done: Int, total: Int) { source.progress }

        mutating func next() async throws -> [Result<ForeignUser, ImportRefusal>] {
            if batches == 0 { throw Stop() }
            batches -= 1
            return try await source.next()
        }
    }

    @Test(arguments: Engine.tested)
    func `an import that was interrupted is run again and goes on`(on engine: Engine) async throws {
        try await withStores(on: engine) { from, store in
            try await BetterAuthTables.fill(from, count: 1700, password: Self.scrypt)
            var half = Interrupted(
                source: try await BetterAuthDatabase(from, on: engine), batches: 2)
            await #expect(throws: Interrupted.Stop.self) { _ = try await run(&half, into: store) }
            #expect(try await store.first(User.count)?.value == 1000)
            // What was kept is recorded, although the import never came to its end.
            let log = AuditLog(store, .system, storesAddress: true)
            let entries = try await log.list(about: nil, since: .distantPast, max: 10)
            #expect(entries.map(\.details) == [#"{"count":500}"#, #"{"count":500}"#])
            var source = try await BetterAuthDatabase(from, on: engine)
            var report = try await run(&source, into: store)
            #expect((report.imported, report.present) == (700, 1000))
            source = try await BetterAuthDatabase(from, on: engine)
            report = try await run(&source, into: store)
            #expect((report.imported, report.present) == (0, 1700))
            #expect(try await store.first(User.count)?.value == 1700)
        }
    }

    @Test(arguments: Engine.tested)
    func `a dry run keeps nothing and tells the same`(on engine: Engine) async throws {
        try await withStores(on: engine) { from, store in
            try await BetterAuthTables.fill(from, count: 600, password: Self.scrypt)
            var source = try await BetterAuthDatabase(from, on: engine)
            let report = try await run(&source, into: store, isDry: true)
            #expect(report.imported == 600)
            #expect(try await store.first(User.count)?.value == 0)
        }
    }

    @Test(arguments: Engine.tested)
    func `a user with two passwords is one user`(on engine: Engine) async throws {
        try await withStores(on: engine) { from, store in
            try await BetterAuthTables.fill(from, count: 2, password: Self.scrypt)
            try await from.execute(
                BetterAuthTables.insertAccount, "again", "user100000", "credential", Self.scrypt)
            var source = try await BetterAuthDatabase(from, on: engine)
            #expect(try await run(&source, into: store).imported == 2)
        }
    }

    @Test(arguments: Engine.tested)
    func `a database without better-auth's tables is told so`(on engine: Engine) async throws {
        try await withStore(on: engine) { store in
            await #expect(throws: BetterAuthDatabase.Unreadable.self) {
                _ = try await BetterAuthDatabase(store, on: engine)
            }
        }
    }

    // MARK: One user

    private func user(_ change: (inout ForeignUser) -> Void) throws(ImportProblem) -> ImportedUser {
        var user = ForeignUser(place: "line 2", email: "Ada@Example.com")
        change(&user)
        return try ImportedUser(user, at: Instant(seconds: 1_800_000_000), .system)
    }

    @Test func `an id that is a UUID is kept, another is remembered`() throws {
        let id = "0199c82c-c000-7000-8000-000000000001"
        #expect(try user { $0.id = id }.id.description == id)
        let other = try user { $0.id = "x\"1" }
        #expect(other.foreignID == "x\"1")
        #expect(other.fields.text == #"{"importedId":"x\"1"}"#)
        #expect(try user { _ in }.fields.text == "{}")
    }

    @Test(arguments: [
        ("2025-01-31T10:00:00Z", "2025-01-31T10:00:00.000Z"),
        ("2025-01-31 10:00:00.5", "2025-01-31T10:00:00.500Z"),
        ("2025-01-31 10:00:00+02", "2025-01-31T08:00:00.000Z"),
        ("1738317600000", "2025-01-31T10:00:00.000Z"), ("1738317600", "2025-01-31T10:00:00.000Z"),
    ])
    func `instants are read as others write them`(text: String, instant: String) throws {
        #expect(try user { $0.createdAt = text }.createdAt.description == instant)
    }

    @Test(arguments: [
        ("1", true), ("true", true), ("t", true), ("2025-01-31T10:00:00Z", true), ("0", false),
        ("FALSE", false), ("", false),
    ])
    func `verified is yes, no or an instant`(text: String, isVerified: Bool) throws {
        #expect((try user { $0.emailVerified = text }.emailVerifiedAt != nil) == isVerified)
    }

    @Test func `each thing that is wrong has its own reason`() {
        #expect(throws: ImportProblem.badEmail) { try user { $0.email = "ada" } }
        #expect(throws: ImportProblem.badName) {
            try user { $0.name = String(repeating: "x", count: 101) }
        }
        #expect(throws: ImportProblem.badName) { try user { $0.name = "a\u{0}b" } }
        #expect(throws: ImportProblem.badImage) { try user { $0.image = "\u{7}" } }
        #expect(throws: ImportProblem.badHash) { try user { $0.passwordHash = "plain" } }
        #expect(throws: ImportProblem.badHash) {
            try user {
                $0.passwordHash =
                    "pbkdf2_sha256$99999999$salt$" + String(repeating: "A", count: 43) + "="
            }
        }
        #expect(throws: ImportProblem.badVerified) { try user { $0.emailVerified = "maybe" } }
        for text in ["yesterday", "-5", "1969-12-31T00:00:00Z", "9223372036854775807"] {
            #expect(throws: ImportProblem.badCreatedAt) { try user { $0.createdAt = text } }
        }
    }
}
