import Bus
import Coding
import DatabaseTesting
import SQL
import Testing
import Values

@testable import Identity

/// S3-28: the chain of the audit log.
struct AuditLogTests {
    private func withLog(
        on engine: Engine, _ body: @escaping @Sendable (AuditLog, TestStore) async throws -> Void
    ) async throws {
        try await withStore(on: engine) { store in
            try await Migrator(Identity.migrations, clock: .system).up(on: store)
            try await body(AuditLog(store, .system, storesAddress: true), store)
        }
    }

    private static let start = Instant(seconds: 1_800_000_000)

    private func append(_ count: Int, to log: AuditLog, in store: TestStore) async throws {
        for number in 0..<count {
            try await log.append(
                .signedIn, about: ID(high: 0, low: 7), by: AuditOrigin(actor: .anonymous),
                details: ["number": .integer(Int64(number))],
                at: Self.start + .seconds(Int64(number)), in: store)
        }
    }

    private func run(_ script: String, on store: TestStore) async throws {
        try await store.transaction { try await $0.runScript(script) }
    }

    @Test(arguments: Engine.tested)
    func `S3-28: what was written is sound, and says where it ends`(on engine: Engine) async throws
    {
        try await withLog(on: engine) { log, store in
            try await append(250, to: log, in: store)
            #expect(try await log.verify().waiting == 250)
            try await log.linkIfDue()
            let verdict = try await log.verify()
            #expect(verdict.isSound)
            #expect((verdict.checked, verdict.waiting, verdict.lastSeq) == (250, 0, 250))
            try await append(1, to: log, in: store)
            try await log.linkIfDue()
            let next = try await log.verify()
            #expect(next.lastSeq == 251)
            #expect(next.lastHash != verdict.lastHash)
        }
    }

    // Each is what somebody with the database's password might do.
    private static let attacks: [(script: String, finding: String)] = [
        ("UPDATE audit_log SET event = 'signed_out' WHERE seq = 3", "changed"),
        ("UPDATE audit_log SET user_id = NULL WHERE seq = 3", "changed"),
        ("UPDATE audit_log SET details = '{}' WHERE seq = 3", "changed"),
        ("UPDATE audit_log SET address = '' WHERE seq = 3", "changed"),
        ("DELETE FROM audit_log WHERE seq = 3", "missing"),
        ("DELETE FROM audit_log WHERE seq < 3", "missing"),
        ("DELETE FROM audit_log WHERE seq > 3", "missing"),
        ("DELETE FROM audit_log", "missing"),
        ("UPDATE audit_log SET seq = NULL, hash = NULL WHERE seq = 3", "missing"),
        (
            """
            UPDATE audit_log SET seq = 99 WHERE seq = 3;
            UPDATE audit_log SET seq = 3 WHERE seq = 4;
            UPDATE audit_log SET seq = 4 WHERE seq = 99
            """, "changed"
        ),
        (
            """
            DELETE FROM audit_log WHERE seq = 6; UPDATE audit_chain SET last_seq = 5
            """, "end"
        ),
    ]

    @Test(arguments: Engine.tested, attacks)
    func `S3-28: a changed, missing or reordered entry is found`(
        on engine: Engine, _ attack: (script: String, finding: String)
    ) async throws {
        try await withLog(on: engine) { log, store in
            try await append(6, to: log, in: store)
            try await log.link()
            #expect(try await log.verify().isSound)
            try await run(attack.script, on: store)
            let problems = try await log.verify().problems.map(\.description)
            #expect(problems.contains { $0.contains(attack.finding) }, "\(problems)")
        }
    }

    @Test(arguments: Engine.tested)
    func `what is rolled back is not recorded`(on engine: Engine) async throws {
        struct Stop: Error {}
        try await withLog(on: engine) { log, store in
            await #expect(throws: Stop.self) {
                try await store.transaction { transaction in
                    try await log.append(
                        .signedIn, about: nil, by: .operator, at: Self.start, in: transaction)
                    throw Stop()
                }
            }
            let entries = try await log.list(about: nil, since: .distantPast, max: 10)
            #expect(entries.isEmpty)
        }
    }

    @Test(arguments: Engine.tested)
    func `nodes that link at once make one chain`(on engine: Engine) async throws {
        try await withLog(on: engine) { log, store in
            try await append(230, to: log, in: store)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 { group.addTask { try await log.link() } }
                try await group.waitForAll()
            }
            let verdict = try await log.verify()
            #expect(verdict.isSound, "\(verdict.problems)")
            #expect((verdict.checked, verdict.lastSeq) == (230, 230))
        }
    }

    @Test(arguments: Engine.tested)
    func `what is old is forgotten and the rest is sound as before`(on engine: Engine) async throws
    {
        try await withLog(on: engine) { log, store in
            try await append(300, to: log, in: store)
            try await log.link()
            let before = try await log.verify()
            try await log.forget(before: Self.start + .seconds(250))
            let after = try await log.verify()
            #expect(after.isSound, "\(after.problems)")
            #expect(after.checked == 50)
            #expect(after.lastHash == before.lastHash)
            try await run("DELETE FROM audit_log WHERE seq = 251", on: store)
            #expect(try await log.verify().problems == [.missing(251...251)])
            try await log.forget(before: Self.start + .days(1))
            #expect(try await log.verify().checked == 0)
            #expect(try await log.verify().isSound)
        }
    }

    @Test(arguments: Engine.tested)
    func `a list is of one user, of a time, the newest first`(on engine: Engine) async throws {
        try await withLog(on: engine) { log, store in
            try await append(5, to: log, in: store)
            try await log.append(
                .userCreated, about: ID(high: 0, low: 8), by: .operator, at: Self.start, in: store)
            let all = try await log.list(about: nil, since: .distantPast, max: 10)
            #expect(all.count == 6)
            #expect(all.first?.details == #"{"number":4}"#)
            let own = try await log.list(
                about: ID(high: 0, low: 7), since: Self.start + .seconds(2), max: 2)
            #expect(own.map(\.details) == [#"{"number":4}"#, #"{"number":3}"#])
            let other = try await log.list(about: ID(high: 0, low: 8), since: .distantPast, max: 9)
            #expect(other.map(\.actor) == ["operator"])
        }
    }

    @Test func `no two entries are the same text`() {
        func hash(_ address: String?, _ userAgent: String?) -> String {
            var origin = AuditOrigin(actor: .anonymous)
            (origin.address, origin.userAgent) = (address, userAgent)
            let entry = AuditEntry(
                .signedIn, about: nil, nil, by: origin, [:], id: ID(high: 1, low: 2),
                at: Self.start)
            return entry.hash(after: TokenHash(of: "").digest, seq: 1).hexadecimal
        }
        let all = [
            hash(nil, nil), hash("-", nil), hash(nil, "-"), hash("", nil), hash(nil, ""),
            hash("a\n1:b", nil), hash("a", "b"),
        ]
        #expect(Set(all).count == all.count)
    }
}
