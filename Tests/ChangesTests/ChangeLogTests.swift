import Coding
import DatabaseTesting
import SQL
import Synchronization
import Testing
import Values

@testable import Changes

struct ChangeLogTests {
    private static let at = Instant(microseconds: 1_795_176_000_123_457)

    @Test(arguments: Engine.tested)
    func `a change is read as it was appended, once it has its number`(
        on engine: Engine
    ) async throws {
        try await withNodes(on: engine) { nodes, _ in
            let change = Change(
                "items", .updated, "a", before: ["n": 1, "t": "ä\"\\\u{1F600}"],
                after: ["n": 2.5, "list": [true, .null]], at: Self.at)
            try await nodes[0].database.transaction { try await ChangeLog.append(change, in: $0) }
            try await nodes[0].numberAll()
            #expect(
                try await nodes[0].log.after(0)
                    == .changes([NumberedChange(seq: 1, change: change)]))
            #expect(try await nodes[0].log.newest == 1)
        }
    }

    @Test(arguments: Engine.tested)
    func `many go in with one statement and keep their order and members`(
        on engine: Engine
    ) async throws {
        try await withNodes(on: engine) { nodes, _ in
            let changes = (0..<150).map(Self.sample)
            try await nodes[0].database.transaction { transaction in
                try await ChangeLog.append(changes, in: transaction)
                try await ChangeLog.append([], in: transaction)
            }
            try await nodes[0].numberAll()
            #expect(try await nodes[0].log.all().map(\.change) == changes)
        }
    }

    private static func sample(_ number: Int) -> Change {
        let before: JSON? = number % 2 == 0 ? nil : ["n": .integer(Int64(number))]
        let after: JSON? = number % 3 == 0 ? nil : ["s": .string("\u{1F600}'\"\(number)")]
        return Change(
            "topic\(number % 3)", ChangeKind.allCases[number % 4], "row\(number)",
            before: before, after: after, at: at + .microseconds(number))
    }

    @Test(arguments: Engine.tested)
    func `rows that a query finds become changes in its order`(on engine: Engine) async throws {
        try await withNodes(on: engine) { nodes, _ in
            try await nodes[0].database.transaction { transaction in
                for id in ["b", "c", "a"] { try await Thing.write(id, in: transaction) }
                let after: SQLFragment =
                    transaction.engine == .sqlite
                    ? "json_object('version', version)" : "jsonb_build_object('version', version)"
                let before: SQLFragment =
                    transaction.engine == .sqlite ? "NULL" : "CAST(NULL AS jsonb)"
                try await transaction.execute(
                    ChangeLog.insert(
                        "things", .deleted,
                        selecting: """
                            SELECT id AS row_id, \(before) AS before, \(after) AS after,
                                \(Self.at) AS at
                            FROM things ORDER BY id
                            """))
            }
            try await nodes[0].numberAll()
            let changes = try await nodes[0].log.all(after: 3).map(\.change)
            #expect(
                changes
                    == ["a", "b", "c"].map {
                        Change("things", .deleted, $0, after: ["version": 1], at: Self.at)
                    })
        }
    }

    @Test(arguments: Engine.tested)
    func `what is rolled back has no change and takes no number`(on engine: Engine) async throws {
        try await withNodes(on: engine) { nodes, _ in
            let node = nodes[0]
            for turn in 0..<6 {
                try? await node.log.transaction { transaction in
                    try await Thing.write("a", in: transaction)
                    if turn % 2 == 0 { throw Undone() }
                }
                try await node.numberAll()
            }
            #expect(try await node.log.newest == 3)
            #expect(try await Verdict(of: node).problems == [])
        }
    }

    @Test(arguments: Engine.tested)
    func `a page ends where it was asked to, and the next goes on`(on engine: Engine) async throws {
        try await withNodes(on: engine) { nodes, _ in
            let log = nodes[0].log
            #expect(try await log.after(0) == .changes([]))
            for _ in 0..<5 {
                try await nodes[0].write("a")
            }
            try await nodes[0].numberAll()
            #expect(try await log.after(0, limit: 2).seqs == [1, 2])
            #expect(try await log.after(2, limit: 2).seqs == [3, 4])
            #expect(try await log.after(4, limit: 2).seqs == [5])
            #expect(try await log.after(5, limit: 2).seqs == [])
            #expect(try await log.after(0, limit: 0).seqs == [1])
            #expect(try await log.after(0, limit: .max).seqs == [1, 2, 3, 4, 5])
        }
    }

    @Test(arguments: Engine.tested)
    func `a number that was never given is answered with where to go on`(
        on engine: Engine
    ) async throws {
        try await withNodes(on: engine) { nodes, _ in
            let log = nodes[0].log
            #expect(try await log.after(1) == .resync(newest: 0))
            try await nodes[0].write("a")
            try await nodes[0].numberAll()
            for seq in [2, 100, -1, .min, .max] as [Int64] {
                #expect(try await log.after(seq) == .resync(newest: 1))
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `a change as deep and long as can be is read`(on engine: Engine) async throws {
        try await withNodes(on: engine) { nodes, _ in
            var deep: JSON = .string(String(repeating: "x", count: 2 << 20))
            for _ in 0..<100 { deep = ["in": deep] }
            let change = Change("items", .created, "a", after: deep, at: Self.at)
            try await nodes[0].log.transaction { try await ChangeLog.append(change, in: $0) }
            try await nodes[0].numberAll()
            #expect(try await nodes[0].log.all().map(\.change) == [change])
        }
    }
}

extension ChangesAfter {
    var seqs: [Int64]? {
        if case .changes(let changes) = self { changes.map(\.seq) } else { nil }
    }
}
