/// Room for the head that is being parsed; one for each loop is enough.
package final class HeadScratch {
    let slots: UnsafeMutableBufferPointer<FieldSlot>
    var head = ParsedHead()

    package init(limits: HTTPLimits) {
        slots = .allocate(capacity: max(1, limits.fields))
        slots.initialize(repeating: FieldSlot())
    }

    deinit { slots.deallocate() }

    /// Copies the parsed head out of `bytes`.
    func makeHead(from bytes: UnsafeBufferPointer<UInt8>) -> RequestHead {
        RequestHead(
            method: Method(UnsafeBufferPointer(rebasing: bytes[head.method])),
            isHTTP10: head.isHTTP10, target: head.target,
            bytes: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[..<head.length]),
            slots: UnsafeBufferPointer(rebasing: slots[..<head.fieldCount]))
    }
}

extension Method {
    /// The parser has seen that it is a token.
    fileprivate init(_ bytes: UnsafeBufferPointer<UInt8>) {
        if bytes.count == 3, bytes[0] == UInt8(ascii: "G"), bytes[1] == UInt8(ascii: "E") {
            self = bytes[2] == UInt8(ascii: "T") ? .get : Method(text: bytes)
        } else {
            self = Method(text: bytes)
        }
    }

    private init(text bytes: UnsafeBufferPointer<UInt8>) {
        self.init(unchecked: String(decoding: bytes, as: UTF8.self))
    }
}
