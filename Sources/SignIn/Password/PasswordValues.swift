import Coding
import Secrets
import Values

/// A name that a person gives for himself (S3-16).
struct PersonName: StringValue {
    let text: String

    init(_ text: String) throws(Invalid) {
        try text.requireText(length: 2...100)
        self.text = text
    }

    static var schema: Schema { .string(length: 2...100, pattern: .withoutControls) }
    static var example: PersonName { PersonName(unchecked: "Ada Lovelace") }

    private init(unchecked text: String) {
        self.text = text
    }
}

extension String {
    /// The pattern of text that `requireText` takes.
    static let withoutControls = #"^[^\u0000-\u001F\u007F-\u009F]*$"#
}

/// A password as someone typed it to sign in: no rule but that it is there, and not so long that it
/// would keep the server busy.
struct GivenPassword: StringValue {
    let secret: Secret<String>
    var text: String { secret.exposed }

    init(_ text: String) throws(Invalid) {
        guard !text.isEmpty else { throw .tooShort(min: 1) }
        guard text.unicodeScalars.count <= Self.lengthMax else {
            throw .tooLong(max: Self.lengthMax)
        }
        secret = Secret(text)
    }

    static let lengthMax = 4096
    static var schema: Schema { .string(length: 1...lengthMax) }
    static var example: GivenPassword { GivenPassword(unchecked: "Correct-horse-1") }

    private init(unchecked text: String) {
        secret = Secret(text)
    }
}
