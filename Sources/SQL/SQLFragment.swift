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
    enum Part: Sendable {
        case text(StaticString)
        case identifier(SQLIdentifier)
        case names(SQLNames)
        case literal(SQLLiteral)
        case value(any SQLValue, SQLType)
    }

    private(set) var parts: [Part] = []

    /// Whether whoever asks decides about the shape, so that there may be any number of them: these
    /// take half of the places of prepared statements at most, and the rest is kept for others.
    package var isOneOfMany = false

    package init() {}

    /// One parameter and nothing else.
    package init<Value: SQLValue>(bind value: Value) {
        parts = [.value(value, Value.sqlType)]
    }

    package var isEmpty: Bool { parts.isEmpty }

    package mutating func append(_ other: SQLFragment) {
        parts += other.parts
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
            fragment.parts.reserveCapacity(interpolationCount * 2 + 1)
        }

        package mutating func appendLiteral(_ literal: StaticString) {
            if literal.utf8CodeUnitCount > 0 { fragment.parts.append(.text(literal)) }
        }

        package mutating func appendInterpolation<Value: SQLValue>(_ value: Value) {
            fragment.parts.append(.value(value, Value.sqlType))
        }

        package mutating func appendInterpolation(_ identifier: SQLIdentifier) {
            fragment.parts.append(.identifier(identifier))
        }

        package mutating func appendInterpolation(_ names: SQLNames) {
            fragment.parts.append(.names(names))
        }

        mutating func append(_ literal: SQLLiteral) {
            fragment.parts.append(.literal(literal))
        }

        package mutating func appendInterpolation(_ other: SQLFragment) {
            fragment.append(other)
        }
    }

    package init(stringLiteral literal: StaticString) {
        parts = [.text(literal)]
    }

    package init(stringInterpolation: StringInterpolation) {
        self = stringInterpolation.fragment
    }
}

extension SQLFragment {
    /// The text with `$1`, `$2`, … in the order of the values.
    package var text: String { String(decoding: utf8, as: UTF8.self) }

    /// The same in bytes: made for each run, to find the statement that was prepared for it.
    var utf8: [UInt8] {
        var utf8: [UInt8] = []
        utf8.reserveCapacity(512)
        var count = 0
        for part in parts {
            switch part {
            case .text(let literal): literal.withUTF8Buffer { utf8 += $0 }
            case .identifier(let identifier): identifier.write(to: &utf8)
            case .names(let names): utf8 += names.utf8
            case .literal(let literal): utf8 += literal.sql.utf8
            case .value:
                count += 1
                utf8 += "$\(count)".utf8
            }
        }
        return utf8
    }

    var types: [SQLType] {
        var types: [SQLType] = []
        for case .value(_, let type) in parts { types.append(type) }
        return types
    }

    /// Gives the values to an engine, in their order.
    package func bind(to target: any BindTarget) {
        for case .value(let value, _) in parts { value.bind(to: target) }
    }
}
