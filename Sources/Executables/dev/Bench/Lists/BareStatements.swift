import SQL
import Values

/// Runs statements of the program through an engine's C library, with nothing around it: prepared
/// once, every column of every row read.
protocol BareStatements: AnyObject {
    func run(_ sql: SQLFragment) throws
}

/// The values of a statement, as the libraries take them.
final class BareValues: BindTarget {
    enum Value {
        case null
        case integer(Int64)
        case double(Double)
        case text(String)
        /// Microseconds.
        case instant(Int64)
    }

    private(set) var list: [Value] = []

    init(of sql: SQLFragment) { sql.bind(to: self) }

    func null() { list.append(.null) }
    func boolean(_ value: Bool) { list.append(.integer(value ? 1 : 0)) }
    func integer(_ value: Int64) { list.append(.integer(value)) }
    func double(_ value: Double) { list.append(.double(value)) }
    func instant(_ microseconds: Int64) { list.append(.instant(microseconds)) }
    func uuid(high: UInt64, low: UInt64) {
        list.append(.text(ID<BareValues>(high: high, low: low).description))
    }
    func text(_ utf8: UnsafeBufferPointer<UInt8>) {
        list.append(.text(String(decoding: utf8, as: UTF8.self)))
    }
    func bytes(_ bytes: UnsafeRawBufferPointer) { list.append(.null) }
    func json(_ utf8: UnsafeBufferPointer<UInt8>) { text(utf8) }
}
