import Synchronization

/// What a store needs of a statement. Made once for each `static let`; its dense `id` indexes the
/// caches of prepared statements.
package final class StatementCore: Sendable {
    /// How a statement is run: what it costs, and whether it changes anything.
    package enum Kind: Sendable {
        /// A read of few rows by an index: SQLite runs it on the event loop.
        case point
        /// Any other read: a pool runs it.
        case scan
        case write
    }

    /// Counts from 0, or is -1 when the statement is not to be kept: a store then prepares it, runs
    /// it and forgets it. See `SQLFragment`.
    package let id: Int
    /// The prepared statement's name on PostgreSQL; empty (the unnamed one) when it is not kept.
    package let name: String
    package let kind: Kind
    package let sqliteText: String
    package let postgresText: String
    package let binds: [SQLType]
    package let oids: [UInt32]
    /// What the result reads, found by reading it once from a recorder.
    package let columns: @Sendable () -> [RecordedColumn]

    /// Whether stores keep it prepared.
    package var isKept: Bool { id >= 0 }

    package init(
        _ kind: Kind, sqlite: String, postgres: String, binds: [SQLType], isKept: Bool = true,
        columns: @escaping @Sendable () -> [RecordedColumn]
    ) {
        id = isKept ? Self.nextID.add(1, ordering: .relaxed).oldValue : -1
        name = isKept ? "s\(id)" : ""
        self.kind = kind
        sqliteText = Self.numberedParameters(sqlite)
        postgresText = postgres
        self.binds = binds
        oids = binds.map(\.oid)
        self.columns = columns
    }

    private static let nextID = Atomic<Int>(0)
}

extension StatementCore {
    /// `$1` → `?1` outside quotes and comments. SQLite takes `$1` for a name and numbers names by
    /// first appearance, so that `SELECT $2, $1` would bind the wrong way round.
    static func numberedParameters(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var output = bytes
        var position = 0
        while position < bytes.count {
            let next = position + 1 < bytes.count ? bytes[position + 1] : 0
            switch (bytes[position], next) {
            case (UInt8(ascii: "'"), _), (UInt8(ascii: "\""), _):
                position = end(of: [bytes[position]], in: bytes, from: position + 1)
            case (UInt8(ascii: "-"), UInt8(ascii: "-")):
                position = end(of: [UInt8(ascii: "\n")], in: bytes, from: position + 2)
            case (UInt8(ascii: "/"), UInt8(ascii: "*")):
                position = end(of: Array("*/".utf8), in: bytes, from: position + 2)
            case (UInt8(ascii: "$"), UInt8(ascii: "1")...UInt8(ascii: "9")):
                output[position] = UInt8(ascii: "?")
                position += 1
            default:
                position += 1
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// Where the text goes on after `mark`. A doubled quote ends one quoted piece and starts the next.
    private static func end(of mark: [UInt8], in bytes: [UInt8], from start: Int) -> Int {
        var position = start
        while position < bytes.count {
            if bytes[position...].starts(with: mark) { return position + mark.count }
            position += 1
        }
        return bytes.count
    }
}
