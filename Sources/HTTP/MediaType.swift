/// A media type with its parameters (RFC 9110 §8.3.1): `application/json; charset=utf-8`.
package struct MediaType: Hashable, Sendable, CustomStringConvertible {
    /// In lower case.
    package let type: String
    package let subtype: String
    /// Names in lower case, values without quotes, in their order.
    package let parameters: Fields

    package init(_ type: StaticString, _ subtype: StaticString) {
        self.type = "\(type)"
        self.subtype = "\(subtype)"
        parameters = [:]
    }

    /// Nil when the text is not a media type. Parameters that are none are left out.
    package init?(_ text: some StringProtocol) {
        let parts = splitOutsideQuotes(text, at: UInt8(ascii: ";"))
        let names = parts[0].trimmed.split(separator: "/", omittingEmptySubsequences: false)
        guard names.count == 2, let type = FieldName(String(names[0])),
            let subtype = FieldName(String(names[1]))
        else { return nil }
        self.type = type.text
        self.subtype = subtype.text
        var parameters = Fields()
        for part in parts.dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, let name = FieldName(String(pair[0].trimmed)) else { continue }
            parameters.append(name, unquoted(pair[1].trimmed))
        }
        self.parameters = parameters
    }

    /// `type/subtype`, without parameters.
    package var essence: String { "\(type)/\(subtype)" }

    package var description: String {
        parameters.reduce(essence) { text, parameter in
            let isToken =
                !parameter.value.isEmpty && parameter.value.utf8.allSatisfy(Token.contains)
            return text + "; \(parameter.name)="
                + (isToken ? parameter.value : quoted(parameter.value))
        }
    }

    package func isSameType(as other: MediaType) -> Bool {
        type == other.type && subtype == other.subtype
    }

    /// JSON by itself or by suffix: `application/problem+json`.
    package var isJSON: Bool {
        (type == "application" || type == "text") && subtype == "json" || subtype.hasSuffix("+json")
    }

    package static let json = MediaType("application", "json")
    package static let form = MediaType("application", "x-www-form-urlencoded")
    package static let multipartForm = MediaType("multipart", "form-data")
    package static let html = MediaType("text", "html")
    package static let plain = MediaType("text", "plain")
    package static let eventStream = MediaType("text", "event-stream")
    package static let bytes = MediaType("application", "octet-stream")
}

extension Request {
    package var contentType: MediaType? { self[.contentType].flatMap { MediaType($0) } }
}

/// Parts between separators that are not within quoted strings. At least one.
func splitOutsideQuotes(_ text: some StringProtocol, at separator: UInt8) -> [String] {
    var parts: [[UInt8]] = [[]]
    var isQuoted = false
    var isEscaped = false
    for byte in text.utf8 {
        if byte == separator && !isQuoted {
            parts.append([])
            continue
        }
        if isEscaped {
            isEscaped = false
        } else if byte == UInt8(ascii: "\"") {
            isQuoted.toggle()
        } else if byte == UInt8(ascii: "\\") && isQuoted {
            isEscaped = true
        }
        parts[parts.count - 1].append(byte)
    }
    return parts.map { String(decoding: $0, as: UTF8.self) }
}

/// A quoted string (RFC 9110 §5.6.4).
func quoted(_ text: String) -> String {
    var result = "\""
    for character in text.unicodeScalars {
        if character == "\"" || character == "\\" { result.append("\\") }
        result.unicodeScalars.append(character)
    }
    return result + "\""
}
