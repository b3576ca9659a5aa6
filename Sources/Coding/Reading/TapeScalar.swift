import Values

/// What the tape gives directly, without a decoder.
protocol TapeScalar: Decodable {
    /// Zero, false or empty below zero, and where it is noted that the value is bad.
    init(_ tape: Tape, _ index: Int) throws
    static var kind: Invalid.Kind { get }
}

extension Bool: TapeScalar {
    init(_ tape: Tape, _ index: Int) throws { self = try tape.boolean(index) }
    static var kind: Invalid.Kind { .boolean }
}

extension String: TapeScalar {
    init(_ tape: Tape, _ index: Int) throws { self = try tape.string(index) }
    static var kind: Invalid.Kind { .string }
}

extension Double: TapeScalar {
    init(_ tape: Tape, _ index: Int) throws { self = try tape.double(index) }
    static var kind: Invalid.Kind { .number }
}

extension Float: TapeScalar {
    init(_ tape: Tape, _ index: Int) throws { self = try tape.float(index) }
    static var kind: Invalid.Kind { .number }
}

extension TapeScalar where Self: FixedWidthInteger {
    @inline(__always)
    init(_ tape: Tape, _ index: Int) throws { self = try tape.integer(index) }
    static var kind: Invalid.Kind { .integer }
}

extension Int: TapeScalar {}
extension Int8: TapeScalar {}
extension Int16: TapeScalar {}
extension Int32: TapeScalar {}
extension Int64: TapeScalar {}
extension UInt: TapeScalar {}
extension UInt8: TapeScalar {}
extension UInt16: TapeScalar {}
extension UInt32: TapeScalar {}
extension UInt64: TapeScalar {}
