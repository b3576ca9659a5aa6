import Values

/// A row while it is read: one column after the other, in the order of the statement.
package struct Row {
    package let source: any RowSource
    private let recorder: Recorder?
    private var column = 0

    package init(_ source: any RowSource) {
        self.source = source
        recorder = nil
    }

    init(recording recorder: Recorder) {
        source = recorder
        self.recorder = recorder
    }

    package mutating func next<Value: SQLValue>(
        _: Value.Type = Value.self
    ) throws(DatabaseError) -> Value {
        try Value.read(from: source, at: nextColumn(Value.self))
    }
}

// The same for the types that most columns have. A generic read makes out its type at run time, which
// costs more than reading the column, and every signed-in request reads fifteen.
extension Row {
    package mutating func next(_: String.Type = String.self) throws(DatabaseError) -> String {
        try String.read(from: source, at: nextColumn(String.self))
    }

    package mutating func next(_: String?.Type = String?.self) throws(DatabaseError) -> String? {
        let column = nextColumn(String?.self)
        if source.isNull(column) { return nil }
        return String(decoding: try source.raw(column, as: .text), as: UTF8.self)
    }

    package mutating func next(_: Int.Type = Int.self) throws(DatabaseError) -> Int {
        try Int.read(from: source, at: nextColumn(Int.self))
    }

    package mutating func next(_: Instant.Type = Instant.self) throws(DatabaseError) -> Instant {
        try Instant.read(from: source, at: nextColumn(Instant.self))
    }

    package mutating func next(_: Instant?.Type = Instant?.self) throws(DatabaseError) -> Instant? {
        let column = nextColumn(Instant?.self)
        return source.isNull(column) ? nil : try Instant.read(from: source, at: column)
    }

    package mutating func next<Entity>(
        _: ID<Entity>.Type = ID<Entity>.self
    ) throws(DatabaseError) -> ID<Entity> {
        let column = nextColumn(ID<Entity>.self)
        try source.requireValue(column)
        let words = try source.uuid(column)
        return ID(high: words.high, low: words.low)
    }

    package mutating func next<Entity>(
        _: ID<Entity>?.Type = ID<Entity>?.self
    ) throws(DatabaseError) -> ID<Entity>? {
        let column = nextColumn(ID<Entity>?.self)
        if source.isNull(column) { return nil }
        let words = try source.uuid(column)
        return ID(high: words.high, low: words.low)
    }

    /// Passes over a column that is not needed.
    package mutating func skip() { column += 1 }

    @inline(__always)
    private mutating func nextColumn<Value: SQLValue>(_: Value.Type) -> Int {
        defer { column += 1 }
        if let recorder { recorder.expect(Value.self) }
        return column
    }
}

/// What a statement returns: reads its columns in the order they stand in the statement.
package protocol RowDecodable: Sendable {
    init(row: inout Row) throws(DatabaseError)
}

/// The result of a statement that returns no rows.
package struct NoRow: RowDecodable {
    package init(row: inout Row) throws(DatabaseError) {}
}

/// A row of one column.
package struct Single<Value: SQLValue>: RowDecodable {
    package let value: Value
    package init(row: inout Row) throws(DatabaseError) {
        value = try row.next()
    }
}

/// The rows of a result, one at a time, while the engine holds them.
package struct Rows: ~Copyable {
    private let source: any RowSource
    private let advance: () throws(DatabaseError) -> Bool

    /// `advance` moves the source to the next row and says whether there is one.
    package init(_ source: any RowSource, advance: @escaping () throws(DatabaseError) -> Bool) {
        self.source = source
        self.advance = advance
    }

    package mutating func next<Result: RowDecodable>(
        _: Result.Type = Result.self
    ) throws(DatabaseError) -> Result? {
        guard try advance() else { return nil }
        var row = Row(source)
        return try Result(row: &row)
    }

    /// The same where what a row holds is known at run time only.
    package mutating func next<Output>(
        _ read: (inout Row) throws(DatabaseError) -> Output
    ) throws(DatabaseError) -> Output? {
        guard try advance() else { return nil }
        var row = Row(source)
        return try read(&row)
    }

    /// The next row itself, for whoever reads many of one kind: the generic ones make out the kind at
    /// each row.
    package mutating func nextRow() throws(DatabaseError) -> Row? {
        try advance() ? Row(source) : nil
    }
}
