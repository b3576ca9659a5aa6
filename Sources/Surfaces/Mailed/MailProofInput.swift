import API
import Coding
import Identity
import Values

/// The input of an operation for whoever shows what a mail had: its token, or its code and the address
/// that it came to.
package protocol MailProofInput {
    var token: MailedToken? { get }
    var email: EmailAddress? { get }
    var code: MailedCode? { get }
}

extension MailProofInput {
    /// Throws `InvalidInput` where neither is whole.
    package func proof() throws(InvalidInput) -> MailProof {
        if let token { return .token(VerificationToken(token.text)) }
        if let code, let email { return .code(VerificationCode(typed: code.text), email) }
        let missing = code == nil && email == nil ? ["token"] : code == nil ? ["code"] : ["email"]
        throw InvalidInput(
            fields: missing.map { FieldError(path: $0, problem: .missing(expected: .string)) })
    }
}

/// What a mail had, and nothing else.
package struct MailedProof: Codable, Sendable, MailProofInput, Explained {
    package static let words = MailWords.proof

    package let token: MailedToken?
    package let email: EmailAddress?
    package let code: MailedCode?
}

/// The token of a mail as it was copied: whether it is one, the database says.
package struct MailedToken: LineValue {
    package static let lengths = 1...128

    package let text: String

    package init(known text: String) { self.text = text }

    package static var example: MailedToken {
        MailedToken(known: "q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k")
    }
}

/// The code of a mail as it was typed: small or capital, with whatever stands between.
package struct MailedCode: LineValue {
    package static let lengths = 1...VerificationCode.typedLengthMax

    package let text: String

    package init(known text: String) { self.text = text }

    package static var example: MailedCode { MailedCode(known: "WXYZ-2345") }
}

/// What the surfaces say of mails.
package enum MailWords {
    package static let proof: [String: MemberWords] = [
        "token": "What follows `#token=` in the link of the mail.",
        "email": "The address that the mail came to, with `code`.",
        "code": "In place of the token. Small letters, spaces and hyphens are as good.",
    ]

    /// For V1 and Tokens.
    package static let rows = [
        FailureRow(
            .invalidToken, .badRequest, "INVALID_TOKEN",
            "The link or code is not valid any more; ask for another")
    ]
}
