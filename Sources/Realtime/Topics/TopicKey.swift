import Coding
import Values

/// What opens an app's topic to who cannot sign in, such as a program that only shows a page: a text
/// whose meaning is the app's. It goes with the topics that it was given for and no others.
package struct TopicKey: StringValue, Hashable, Sendable {
    static let bytesMax = 200

    package let secret: Secret<String>
    package var text: String { secret.exposed }

    package init(_ text: String) throws(Invalid) {
        guard !text.isEmpty else { throw .tooShort(min: 1) }
        guard text.utf8.count <= Self.bytesMax else { throw .tooLong(max: Self.bytesMax) }
        secret = Secret(text)
    }

    private init(known text: String) { secret = Secret(text) }

    package static func == (left: TopicKey, right: TopicKey) -> Bool { left.text == right.text }
    package func hash(into hasher: inout Hasher) { hasher.combine(text) }

    package static var schema: Schema { .string(length: 1...bytesMax) }
    package static var example: TopicKey {
        TopicKey(known: "pL5mQ2vX9cR7nB4kT1wZ8yH3dF6gJ0sA-uE_iOqPlMk")
    }
}
