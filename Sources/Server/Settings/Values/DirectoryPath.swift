import Coding
import Values

/// The path of a directory, as it was written.
package struct DirectoryPath: StringValue, Hashable, Sendable {
    package let text: String

    package static let standard = DirectoryPath(literal: "data")

    package init(_ text: String) throws(Invalid) {
        guard !text.isEmpty else { throw .tooShort(min: 1) }
        guard !text.utf8.contains(0) else { throw .rule("settings.path") }
        self.text = text
    }

    private init(literal text: String) {
        self.text = text
    }

    package func file(_ name: String) -> String {
        text.hasSuffix("/") ? text + name : text + "/" + name
    }

    package static var schema: Schema { .string }
    package static var example: DirectoryPath { standard }
}
