/// `application/x-www-form-urlencoded`: the body of a plain HTML form, and every query.
package enum FormURLEncoded {
    package typealias Field = (name: String, text: String)

    /// Why a body is no form; a closed list, safe to show.
    package enum Failure: String, Error, Hashable, Sendable {
        case tooManyFields, badEscape
    }

    package static let fieldsMax = 100

    /// Fields in their order. Empty pieces are passed over; a name without `=` has an empty text.
    /// Stricter than browsers: a bad escape, or text that is not UTF-8, is refused.
    package static func decode(
        _ bytes: [UInt8], fieldsMax: Int = fieldsMax
    ) throws(Failure) -> [Field] {
        let result = bytes.withUnsafeBufferPointer { bytes in
            Result { () throws(Failure) in try decode(bytes[...], fieldsMax) }
        }
        return try result.get()
    }

    private static func decode(
        _ bytes: Slice<UnsafeBufferPointer<UInt8>>, _ fieldsMax: Int
    ) throws(Failure) -> [Field] {
        var fields: [Field] = []
        var rest = bytes
        while !rest.isEmpty {
            let end = rest.firstIndex(of: UInt8(ascii: "&")) ?? rest.endIndex
            let piece = rest[..<end]
            rest = end == rest.endIndex ? rest[end...] : rest[rest.index(after: end)...]
            if piece.isEmpty { continue }
            guard fields.count < fieldsMax else { throw .tooManyFields }
            fields.append(try field(piece))
        }
        return fields
    }

    /// The query of a URL, without the question mark.
    package static func decode(
        query: some StringProtocol, fieldsMax: Int = fieldsMax
    ) throws(Failure) -> [Field] {
        try decode(Array(query.utf8), fieldsMax: fieldsMax)
    }

    private static func field(
        _ piece: Slice<UnsafeBufferPointer<UInt8>>
    ) throws(Failure) -> Field {
        let equals = piece.firstIndex(of: UInt8(ascii: "="))
        let name = piece[..<(equals ?? piece.endIndex)]
        let text = equals.map { piece[piece.index(after: $0)...] } ?? piece[piece.endIndex...]
        guard let name = PercentEncoding.decode(name, plusIsSpace: true),
            let text = PercentEncoding.decode(text, plusIsSpace: true)
        else { throw .badEscape }
        return (name, text)
    }

    package static func encode(_ fields: some Sequence<Field>) -> String {
        var output: [UInt8] = []
        for field in fields {
            if !output.isEmpty { output.append(UInt8(ascii: "&")) }
            append(field.name, to: &output)
            output.append(UInt8(ascii: "="))
            append(field.text, to: &output)
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static func append(_ text: String, to output: inout [UInt8]) {
        for byte in text.utf8 {
            if byte == .space {
                output.append(.plus)
            } else {
                PercentEncoding.append(byte, to: &output)
            }
        }
    }
}
