import Testing
import Values

@testable import SQL

struct StatementCheckTests {
    private struct Pair: RowDecodable {
        init(row: inout Row) throws(DatabaseError) {
            _ = try row.next(String.self)
            _ = try row.next(Int?.self)
        }
    }

    private static let statement = Statement(
        .point, "SELECT a, b FROM t WHERE c = $1", binds: Int.self, returns: Pair.self
    ).core

    private static func differences(_ change: (inout StatementDescription) -> Void) -> [String] {
        var described = StatementDescription(
            parameterCount: 1,
            columns: [
                .init(name: "a", types: [.text, .json], isNullable: false),
                .init(name: "b", types: nil, isNullable: true),
            ], isWrite: false)
        change(&described)
        return StatementCheck.differences(between: statement, and: described)
    }

    @Test func `what fits is no problem`() {
        #expect(Self.differences { _ in } == [])
    }

    @Test func `counts, types, nulls and writes are compared`() {
        #expect(Self.differences { $0.parameterCount = 2 } == ["2 parameters, 1 values bound"])
        #expect(
            Self.differences { $0.columns.removeLast() } == ["1 columns, the decoder reads 2"])
        #expect(
            Self.differences { $0.columns[0].types = [.bytes] }
                == ["column a is bytes, the decoder reads text"])
        #expect(
            Self.differences { $0.columns[0].isNullable = true }
                == ["column a may be null, the decoder does not expect it"])
        #expect(
            Self.differences { $0.isWrite = true } == ["it writes and is declared point"])
    }
}
