/// A column as a decoder reads it.
package struct RecordedColumn: Hashable, Sendable {
    package var type: SQLType
    package var isNullable: Bool

    /// Reads `Result` once from a source that notes what is asked for and answers with examples.
    static func columns<Result: RowDecodable>(of: Result.Type) -> [RecordedColumn] {
        let recorder = Recorder()
        var row = Row(recorder)
        _ = try? Result(row: &row)
        return recorder.columns
    }
}

private final class Recorder: RowSource {
    var columns: [RecordedColumn] = []
    private var nullable = false

    /// `Optional` asks this itself before it reads; `requireValue` asks for all others. The order of
    /// the calls tells nothing, so the answer is no and nullability is left to the engines' check.
    func isNull(_ column: Int) -> Bool { false }

    private func note(_ type: SQLType) {
        columns.append(RecordedColumn(type: type, isNullable: false))
    }

    func boolean(_ column: Int) throws(DatabaseError) -> Bool {
        note(.boolean)
        return false
    }
    func integer(_ column: Int) throws(DatabaseError) -> Int64 {
        note(.integer)
        return 0
    }
    func double(_ column: Int) throws(DatabaseError) -> Double {
        note(.double)
        return 0
    }
    func instant(_ column: Int) throws(DatabaseError) -> Int64 {
        note(.instant)
        return 0
    }
    func uuid(_ column: Int) throws(DatabaseError) -> (high: UInt64, low: UInt64) {
        note(.uuid)
        return (0, 0)
    }
    func raw(_ column: Int, as type: SQLType) throws(DatabaseError) -> UnsafeRawBufferPointer {
        note(type)
        let example: StaticString =
            switch type {
            case .json: "{}"
            default: "ada@example.com"
            }
        return UnsafeRawBufferPointer(start: example.utf8Start, count: example.utf8CodeUnitCount)
    }
}
