import Coding
import Values

/// A name or a word in one line.
package struct SettingText: StringValue, Hashable, Sendable {
    package let text: String

    package init(_ text: String) throws(Invalid) {
        try text.requireText(length: 1...255)
        self.text = text
    }

    /// For a default that the program writes down.
    package init(stored text: StaticString) { self.text = "\(text)" }

    package static var schema: Schema { .string(length: 1...255) }
    package static var example: SettingText { SettingText(stored: "Example") }
}

/// The path of a file, as it was written.
package struct FilePath: StringValue, Hashable, Sendable {
    package let text: String

    package init(_ text: String) throws(Invalid) {
        guard !text.isEmpty else { throw .tooShort(min: 1) }
        guard !text.utf8.contains(0) else { throw .rule("settings.path") }
        self.text = text
    }

    private init(literal text: String) { self.text = text }

    package static var schema: Schema { .string }
    package static var example: FilePath { FilePath(literal: "ca.pem") }
}

/// The name of a machine, or its address without brackets.
package struct HostName: StringValue, Hashable, Sendable {
    package let text: String

    package init(_ text: String) throws(Invalid) {
        guard (1...253).contains(text.utf8.count), text.utf8.allSatisfy(Self.isAllowed) else {
            throw .rule("settings.host")
        }
        self.text = text
    }

    private init(literal text: String) { self.text = text }

    package static var schema: Schema { .string(format: "hostname") }
    package static var example: HostName { HostName(literal: "mail.example.com") }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        let scalar = Unicode.Scalar(byte)
        return scalar.isASCII
            && (scalar.properties.isAlphabetic || "0123456789.-_:".unicodeScalars.contains(scalar))
    }
}
