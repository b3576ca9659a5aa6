/// A column as a decoder reads it.
package struct RecordedColumn: Hashable, Sendable {
    package var type: SQLType
    package var isNullable: Bool

    package init(type: SQLType, isNullable: Bool) {
        self.type = type
        self.isNullable = isNullable
    }

    /// Reads `Result` once from a source that notes what is asked for and answers with examples.
    ///
    /// A value that refuses the common examples gives one of its own (`SQLValue.sqlExample`);
    /// otherwise the columns end with it, and the check of the statement says so.
    static func columns<Result: RowDecodable>(of: Result.Type) -> [RecordedColumn] {
        columns { row throws(DatabaseError) in try Result(row: &row) }
    }

    static func columns<Output>(
        reading read: (inout Row) throws(DatabaseError) -> Output
    ) -> [RecordedColumn] {
        let recorder = Recorder()
        var row = Row(recording: recorder)
        _ = try? read(&row)
        return recorder.columns
    }
}

/// Stands in for a row and notes what is read from it.
final class Recorder: RowSource {
    private(set) var columns: [RecordedColumn] = []
    private let example = Example()

    /// `Row` announces each column.
    func expect<Value: SQLValue>(_: Value.Type) {
        columns.append(RecordedColumn(type: Value.sqlType, isNullable: Value.isNullable))
        example.reset()
        Value.sqlExample?.bind(to: example)
    }

    func isNull(_ column: Int) -> Bool { false }

    func boolean(_ column: Int) throws(DatabaseError) -> Bool { example.integer != 0 }
    func integer(_ column: Int) throws(DatabaseError) -> Int64 { example.integer }
    func double(_ column: Int) throws(DatabaseError) -> Double { example.double }
    func instant(_ column: Int) throws(DatabaseError) -> Int64 { example.integer }
    func uuid(_ column: Int) throws(DatabaseError) -> (high: UInt64, low: UInt64) { example.uuid }

    func raw(_ column: Int, as type: SQLType) throws(DatabaseError) -> UnsafeRawBufferPointer {
        if let bytes = example.bytes { return UnsafeRawBufferPointer(bytes) }
        let usual: StaticString = type == .json ? "{}" : "ada@example.com"
        return UnsafeRawBufferPointer(start: usual.utf8Start, count: usual.utf8CodeUnitCount)
    }
}

/// Takes one value as an engine would, to hand it out as a column.
private final class Example: BindTarget {
    var integer: Int64 = 0
    var double = 0.0
    var uuid: (high: UInt64, low: UInt64) = (0, 0)
    var bytes: UnsafeMutableRawBufferPointer?

    deinit { bytes?.deallocate() }

    func reset() {
        (integer, double, uuid) = (0, 0, (0, 0))
        bytes?.deallocate()
        bytes = nil
    }

    func null() {}
    func boolean(_ value: Bool) { integer = value ? 1 : 0 }
    func integer(_ value: Int64) { integer = value }
    func double(_ value: Double) { double = value }
    func instant(_ microseconds: Int64) { integer = microseconds }
    func uuid(high: UInt64, low: UInt64) { uuid = (high, low) }
    func text(_ utf8: UnsafeBufferPointer<UInt8>) { bytes(UnsafeRawBufferPointer(utf8)) }
    func json(_ utf8: UnsafeBufferPointer<UInt8>) { bytes(UnsafeRawBufferPointer(utf8)) }
    func bytes(_ bytes: UnsafeRawBufferPointer) {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        copy.copyMemory(from: bytes)
        self.bytes = copy
    }
}
