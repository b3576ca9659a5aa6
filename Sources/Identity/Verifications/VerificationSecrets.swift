import Coding
import Secrets
import Values

/// The secret of a link in a mail: 43 characters of base64url. The database keeps its hash.
package struct VerificationToken: Sendable {
    package let text: Secret<String>

    package static let length = 43

    package init(_ text: String) { self.text = Secret(text) }

    init(from randomness: Randomness) {
        text = Secret(RandomToken.make(Self.length, of: .base64URL, from: randomness))
    }

    var hash: TokenHash { TokenHash(of: text.exposed) }
}

/// The code of a mail: eight characters, none of which looks like another, shown as `ABCD-EFGH`.
///
/// Six digits would be a million: five tries at each of many mails find one now and then. These are
/// 2^40, which nobody gets through, and no longer to type.
package struct VerificationCode: Sendable {
    package let text: Secret<String>

    package static let length = 8
    /// As it was typed, with what people put between.
    package static let typedLengthMax = 32

    init(from randomness: Randomness) {
        text = Secret(RandomToken.make(Self.length, of: .legible, from: randomness))
    }

    /// Small letters are capitals, and whatever is no letter and no digit was put between them.
    package init(typed: String) {
        let kept = typed.unicodeScalars.filter { scalar in
            switch scalar {
            case "0"..."9", "a"..."z", "A"..."Z": true
            default: false
            }
        }
        text = Secret(String(String.UnicodeScalarView(kept)).uppercased())
    }

    package var shown: String {
        text.exposed.prefix(Self.length / 2) + "-" + text.exposed.dropFirst(Self.length / 2)
    }
}

/// What somebody shows of a mail: its link's token, or its code and the address that it came to.
package enum MailProof: Sendable {
    case token(VerificationToken)
    case code(VerificationCode, EmailAddress)
}
