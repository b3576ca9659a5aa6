/// The cookies of a request (RFC 6265 §5.4), with their values as sent.
///
/// Values are neither unquoted nor percent-decoded: who set a cookie knows how it was written. The
/// first of several cookies of one name counts, which is the one with the longest path. Nothing is
/// parsed but what is asked for.
package struct Cookies: Sendable {
    private let fieldValues: [String]

    package init(_ fieldValues: [String]) {
        self.fieldValues = fieldValues
    }

    package subscript(name: String) -> String? {
        for var value in fieldValues {
            if let found = value.withUTF8({ Self.find(name, in: $0).map(Self.text) }) {
                return found
            }
        }
        return nil
    }

    private static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self)
    }

    fileprivate static func find(
        _ name: String, in field: UnsafeBufferPointer<UInt8>
    ) -> UnsafeBufferPointer<UInt8>? {
        var start = 0
        while start < field.count {
            let end = field[start...].firstIndex(of: UInt8(ascii: ";")) ?? field.count
            if let equals = field[start..<end].firstIndex(of: UInt8(ascii: "=")),
                equals - start >= name.utf8.count,
                trimmed(field[start..<equals]).elementsEqual(name.utf8)
            {
                return UnsafeBufferPointer(rebasing: trimmed(field[(equals + 1)..<end]))
            }
            start = end + 1
        }
        return nil
    }

    fileprivate static func each(
        startingWith prefix: String, in field: UnsafeBufferPointer<UInt8>,
        _ body: (_ name: String, _ value: String) -> Void
    ) {
        for pair in field.split(separator: UInt8(ascii: ";")) {
            guard let equals = pair.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let name = trimmed(pair[..<equals])
            guard name.starts(with: prefix.utf8) else { continue }
            body(
                String(decoding: name, as: UTF8.self),
                String(decoding: trimmed(pair[(equals + 1)...]), as: UTF8.self))
        }
    }

    private static func trimmed(
        _ bytes: Slice<UnsafeBufferPointer<UInt8>>
    ) -> Slice<UnsafeBufferPointer<UInt8>> {
        var bytes = bytes
        while let first = bytes.first, first == 0x20 || first == 0x09 { bytes.removeFirst() }
        while let last = bytes.last, last == 0x20 || last == 0x09 { bytes.removeLast() }
        return bytes
    }
}

extension Request {
    package func cookie(_ name: String) -> String? {
        withCookie(name) { String(decoding: $0, as: UTF8.self) }
    }

    /// What `body` makes of a cookie's bytes, which no text is made of: every signed-in request of a
    /// browser looks at one.
    package func withCookie(
        _ name: String, _ body: (UnsafeBufferPointer<UInt8>) -> String?
    ) -> String? {
        var made: String?
        head.firstValue(of: .cookie) { field in
            guard let value = Cookies.find(name, in: field) else { return false }
            made = body(value)
            return true
        }
        return made
    }

    /// Each cookie whose name begins so, in the order in which they were sent.
    package func eachCookie(
        startingWith prefix: String, _ body: (_ name: String, _ value: String) -> Void
    ) {
        head.firstValue(of: .cookie) { field in
            Cookies.each(startingWith: prefix, in: field, body)
            return false
        }
    }
}
