import Values

/// The column types that both engines have.
///
/// PostgreSQL: `boolean bigint double precision text bytea uuid timestamptz jsonb`.
/// SQLite (`STRICT`): `INTEGER INTEGER REAL TEXT BLOB TEXT INTEGER TEXT`, where a `uuid` is its 36
/// characters and an instant its microseconds since 1970.
package enum SQLType: UInt8, Sendable {
    case boolean, integer, double, text, bytes, uuid, instant, json

    /// PostgreSQL's type id, sent with each statement so that the server never guesses.
    package var oid: UInt32 {
        switch self {
        case .boolean: 16
        case .integer: 20
        case .double: 701
        case .text: 25
        case .bytes: 17
        case .uuid: 2950
        case .instant: 1184
        case .json: 3802
        }
    }
}

/// A Swift value that a column holds.
///
/// It knows the engine only through `BindTarget` and `RowSource`.
package protocol SQLValue: Sendable {
    static var sqlType: SQLType { get }
    /// Whether the column may be null.
    static var isNullable: Bool { get }
    /// A value for the check of statements, where the type refuses a usual one (an e-mail address as
    /// text, `{}` as JSON, 0).
    static var sqlExample: (any SQLValue)? { get }
    func bind(to target: any BindTarget)
    static func read(from source: any RowSource, at column: Int) throws(DatabaseError) -> Self
}

extension SQLValue {
    package static var isNullable: Bool { false }
    package static var sqlExample: (any SQLValue)? { nil }
}

/// Where a value puts itself when it is bound: an engine's parameter list. Values come in order, one
/// call each; bytes are valid during the call only.
package protocol BindTarget: AnyObject {
    func null()
    func boolean(_ value: Bool)
    func integer(_ value: Int64)
    func double(_ value: Double)
    func instant(_ microseconds: Int64)
    func uuid(high: UInt64, low: UInt64)
    func text(_ utf8: UnsafeBufferPointer<UInt8>)
    func bytes(_ bytes: UnsafeRawBufferPointer)
    func json(_ utf8: UnsafeBufferPointer<UInt8>)
}

/// The row that an engine's cursor stands on. Columns count from 0; a value of another type than the
/// column has is a `.decoding` error.
package protocol RowSource: AnyObject {
    func isNull(_ column: Int) -> Bool
    func boolean(_ column: Int) throws(DatabaseError) -> Bool
    func integer(_ column: Int) throws(DatabaseError) -> Int64
    func double(_ column: Int) throws(DatabaseError) -> Double
    /// Microseconds since 1970.
    func instant(_ column: Int) throws(DatabaseError) -> Int64
    func uuid(_ column: Int) throws(DatabaseError) -> (high: UInt64, low: UInt64)
    /// Text, bytes or JSON, valid until the cursor moves.
    func raw(_ column: Int, as type: SQLType) throws(DatabaseError) -> UnsafeRawBufferPointer
}

// MARK: The values

extension Bool: SQLValue {
    package static var sqlType: SQLType { .boolean }
    package func bind(to target: any BindTarget) { target.boolean(self) }
    package static func read(
        from source: any RowSource, at column: Int
    ) throws(DatabaseError) -> Bool {
        try source.requireValue(column)
        return try source.boolean(column)
    }
}

extension Int64: SQLValue {
    package static var sqlType: SQLType { .integer }
    package func bind(to target: any BindTarget) { target.integer(self) }
    package static func read(
        from source: any RowSource, at column: Int
    ) throws(DatabaseError) -> Int64 {
        try source.requireValue(column)
        return try source.integer(column)
    }
}

extension Int: SQLValue {
    package static var sqlType: SQLType { .integer }
    package func bind(to target: any BindTarget) { target.integer(Int64(self)) }
    package static func read(
        from source: any RowSource, at column: Int
    ) throws(DatabaseError) -> Int {
        Int(try Int64.read(from: source, at: column))
    }
}

extension Double: SQLValue {
    package static var sqlType: SQLType { .double }
    package func bind(to target: any BindTarget) { target.double(self) }
    package static func read(
        from source: any RowSource, at column: Int
    ) throws(DatabaseError) -> Double {
        try source.requireValue(column)
        return try source.double(column)
    }
}

extension String: SQLValue {
    package static var sqlType: SQLType { .text }
    package func bind(to target: any BindTarget) {
        var text = self
        text.withUTF8 { target.text($0) }
    }
    package static func read(
        from source: any RowSource, at column: Int
    ) throws(DatabaseError) -> String {
        try source.requireValue(column)
        return String(decoding: try source.raw(column, as: .text), as: UTF8.self)
    }
}

extension [UInt8]: SQLValue {
    package static var sqlType: SQLType { .bytes }
    package func bind(to target: any BindTarget) {
        withUnsafeBytes { target.bytes($0) }
    }
    package static func read(
        from source: any RowSource, at column: Int
    ) throws(DatabaseError) -> [UInt8] {
        try source.requireValue(column)
        return [UInt8](try source.raw(column, as: .bytes))
    }
}

extension Instant: SQLValue {
    package static var sqlType: SQLType { .instant }
    package func bind(to target: any BindTarget) { target.instant(microseconds) }
    package static func read(
        from source: any RowSource, at column: Int
    ) throws(DatabaseError) -> Instant {
        try source.requireValue(column)
        return Instant(microseconds: try source.instant(column))
    }
}

extension ID: SQLValue {
    package static var sqlType: SQLType { .uuid }
    package func bind(to target: any BindTarget) { target.uuid(high: high, low: low) }
    package static func read(
        from source: any RowSource, at column: Int
    ) throws(DatabaseError) -> ID {
        try source.requireValue(column)
        let words = try source.uuid(column)
        return ID(high: words.high, low: words.low)
    }
}

extension EmailAddress: SQLValue {
    package static var sqlType: SQLType { .text }
    package func bind(to target: any BindTarget) { text.bind(to: target) }
    package static func read(
        from source: any RowSource, at column: Int
    ) throws(DatabaseError) -> EmailAddress {
        EmailAddress(stored: try String.read(from: source, at: column))
    }
}

/// JSON as its text, kept as the database gave it.
package struct JSONText: SQLValue, Hashable {
    package var text: String

    package init(_ text: String) {
        self.text = text
    }

    package static var sqlType: SQLType { .json }
    package func bind(to target: any BindTarget) {
        var text = text
        text.withUTF8 { target.json($0) }
    }
    package static func read(
        from source: any RowSource, at column: Int
    ) throws(DatabaseError) -> JSONText {
        try source.requireValue(column)
        return JSONText(String(decoding: try source.raw(column, as: .json), as: UTF8.self))
    }
}

/// An enumeration is kept as its raw value; another value in the column is a `.decoding` error.
extension SQLValue where Self: RawRepresentable, RawValue: SQLValue {
    package static var sqlType: SQLType { RawValue.sqlType }
    package func bind(to target: any BindTarget) { rawValue.bind(to: target) }
    package static func read(
        from source: any RowSource, at column: Int
    ) throws(DatabaseError) -> Self {
        guard let value = Self(rawValue: try RawValue.read(from: source, at: column)) else {
            throw DatabaseError(.decoding, "column \(column) is no \(Self.self)")
        }
        return value
    }
}

extension SQLValue where Self: CaseIterable {
    package static var sqlExample: (any SQLValue)? { allCases.first }
}

extension Optional: SQLValue where Wrapped: SQLValue {
    package static var sqlType: SQLType { Wrapped.sqlType }
    package static var isNullable: Bool { true }
    package static var sqlExample: (any SQLValue)? { Wrapped.sqlExample }
    package func bind(to target: any BindTarget) {
        if let self { self.bind(to: target) } else { target.null() }
    }
    package static func read(
        from source: any RowSource, at column: Int
    ) throws(DatabaseError) -> Wrapped? {
        source.isNull(column) ? nil : try Wrapped.read(from: source, at: column)
    }
}

extension RowSource {
    package func requireValue(_ column: Int) throws(DatabaseError) {
        if isNull(column) { throw DatabaseError(.decoding, "column \(column) is null") }
    }
}
