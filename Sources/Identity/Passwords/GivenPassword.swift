import Coding
import Secrets
import Values

/// A password as someone typed it to sign in: no rule but that it is there, and not so long that it
/// would keep the server busy.
package struct GivenPassword: StringValue {
    package let secret: Secret<String>
    package var text: String { secret.exposed }

    package init(_ text: String) throws(Invalid) {
        guard !text.isEmpty else { throw .tooShort(min: 1) }
        guard text.unicodeScalars.count <= Self.lengthMax else {
            throw .tooLong(max: Self.lengthMax)
        }
        secret = Secret(text)
    }

    package static let lengthMax = 4096
    package static var schema: Schema { .string(length: 1...lengthMax) }
    package static var example: GivenPassword { GivenPassword(unchecked: "Correct-horse-1") }

    private init(unchecked text: String) {
        secret = Secret(text)
    }
}
