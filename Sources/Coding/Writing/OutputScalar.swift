/// What the buffer takes directly, without an encoder.
protocol OutputScalar: Encodable {
    func put(in output: inout JSONOutput)
}

extension Bool: OutputScalar {
    func put(in output: inout JSONOutput) { output.boolean(self) }
}

extension String: OutputScalar {
    func put(in output: inout JSONOutput) { output.string(self) }
}

extension Double: OutputScalar {
    func put(in output: inout JSONOutput) { output.number(self) }
}

extension Float: OutputScalar {
    func put(in output: inout JSONOutput) { output.number(self) }
}

extension OutputScalar where Self: FixedWidthInteger {
    @inline(__always)
    func put(in output: inout JSONOutput) { output.integer(self) }
}

extension Int: OutputScalar {}
extension Int8: OutputScalar {}
extension Int16: OutputScalar {}
extension Int32: OutputScalar {}
extension Int64: OutputScalar {}
extension UInt: OutputScalar {}
extension UInt8: OutputScalar {}
extension UInt16: OutputScalar {}
extension UInt32: OutputScalar {}
extension UInt64: OutputScalar {}
