import Coding
import Values

// A mail is put into the outbox in the transaction of what caused it, as a job; so there is no reset
// without its mail and no mail without its reset. The job hands it to the mail server, again and again
// until it is taken: it is delivered at least once, always under the same Message-ID.

/// A mail to one person, as text and as HTML.
package struct Mail: Codable, Hashable, Sendable {
    package let recipient: EmailAddress
    /// The template's name: `reset-password`. Nil for one that was made without.
    package let kind: String?
    package let subject: String
    package let text: String
    package let html: String

    package init(
        to recipient: EmailAddress, kind: String? = nil, subject: String, text: String,
        html: String
    ) {
        self.recipient = recipient
        self.kind = kind
        self.subject = subject
        self.text = text
        self.html = html
    }
}

/// Who our mails are from.
package struct MailSender: Sendable {
    package let address: EmailAddress
    /// Shown beside the address.
    package let name: String?

    package init(_ address: EmailAddress, name: String?) {
        self.address = address
        self.name = name
    }
}
