/// A piece of SQL put together at run time: a filter, an order, a whole statement.
///
/// Written as a string literal in which every `\(value)` becomes a parameter. There is no way to
/// splice text: literals are `StaticString`, names are `SQLIdentifier`, and the rest are fragments
/// and values. Where an engine takes no parameters (CREATE TABLE), a `SQLLiteral` quotes itself.
///
///     let filter: SQLFragment = "\(column) > \(limit)"
///     let rows = try await database.all(
///         "SELECT id FROM \(table) WHERE \(filter) ORDER BY id", returning: Single<ID<Row>>.self)
///
/// Each different text is prepared once and kept, 512 of them in a process; what comes after that is
/// prepared each time. Let the number of shapes be small: no parameter lists of every length.
package struct SQLFragment: Sendable {
    /// The text with a NUL in place of each parameter, which gets its number when the statement is
    /// whole. No piece of a text has a NUL in it.
    private(set) var pieces: [UInt8] = []
    private var values: [any SQLValue] = []

    /// Whether whoever asks decides about the shape, so that there may be any number of them: these
    /// take half of the places of prepared statements at most, and the rest is kept for others.
    package var isOneOfMany = false

    package init() {}

    /// One parameter and nothing else.
    package init(bind value: some SQLValue) {
        append(value)
    }

    package var isEmpty: Bool { pieces.isEmpty }

    private mutating func append(_ value: some SQLValue) {
        pieces.append(0)
        values.append(value)
    }

    package mutating func append(_ other: SQLFragment) {
        pieces += other.pieces
        if !other.values.isEmpty { values += other.values }
        isOneOfMany = isOneOfMany || other.isOneOfMany
    }

    package static func + (left: SQLFragment, right: SQLFragment) -> SQLFragment {
        var sum = left
        sum.append(right)
        return sum
    }
}

extension [SQLFragment] {
    /// One after the other with `separator` between them: `" AND "`, `", "`.
    package func joined(by separator: SQLFragment) -> SQLFragment {
        var result = SQLFragment()
        for (index, fragment) in enumerated() {
            if index > 0 { result.append(separator) }
            result.append(fragment)
        }
        return result
    }
}

extension SQLFragment: ExpressibleByStringInterpolation {
    /// Takes an interpolation apart: values become binds, other fragments are joined, and there is
    /// no way in for text.
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var fragment = SQLFragment()

        package init(literalCapacity: Int, interpolationCount: Int) {
            fragment.pieces.reserveCapacity(literalCapacity + interpolationCount * 32)
        }

        package mutating func appendLiteral(_ literal: StaticString) {
            literal.withUTF8Buffer { fragment.pieces += $0 }
        }

        package mutating func appendInterpolation(_ value: some SQLValue) {
            fragment.append(value)
        }

        package mutating func appendInterpolation(_ identifier: SQLIdentifier) {
            identifier.write(to: &fragment.pieces)
        }

        package mutating func appendInterpolation(_ names: SQLNames) {
            fragment.pieces += names.utf8
        }

        mutating func append(_ literal: SQLLiteral) {
            fragment.pieces += literal.sql.utf8
        }

        package mutating func appendInterpolation(_ other: SQLFragment) {
            fragment.append(other)
        }
    }

    package init(stringLiteral literal: StaticString) {
        literal.withUTF8Buffer { pieces += $0 }
    }

    package init(stringInterpolation: StringInterpolation) {
        self = stringInterpolation.fragment
    }
}

extension SQLFragment {
    /// The text with `$1`, `$2`, … in the order of the values.
    package var text: String { String(decoding: utf8, as: UTF8.self) }

    /// The same in bytes.
    var utf8: [UInt8] {
        var utf8: [UInt8] = []
        utf8.reserveCapacity(pieces.count + values.count * 2)
        var count = 0
        for byte in pieces {
            if byte != 0 {
                utf8.append(byte)
            } else {
                count += 1
                utf8 += "$\(count)".utf8
            }
        }
        return utf8
    }

    var types: [SQLType] { values.map { type(of: $0).sqlType } }

    /// Gives the values to an engine, in their order.
    package func bind(to target: any BindTarget) {
        for value in values { value.bind(to: target) }
    }
}
