import Console
import Jobs
import Mail
import Values

extension MailPage.Source {
    /// The outbox as a developer looks at it.
    init(_ settings: Settings, _ outbox: Outbox) {
        let isSent = settings.mail.place != nil
        self.init(
            note: isSent
                ? "Mails go to \(settings.mailDescription)."
                : "No mail server is set: nothing leaves this machine.",
            list: {
                try await outbox.newest(limit: Self.limit).map { $0.entry(isSent: isSent) }
            },
            html: { id in
                guard let id = ID<Job>(id) else { return nil }
                return try await outbox.find(id)?.mail.html
            })
    }

    private static let limit = 100
}

extension OutboxMail {
    fileprivate func entry(isSent: Bool) -> MailPage.Entry {
        MailPage.Entry(
            id: id.description, recipient: mail.recipient.text, subject: mail.subject,
            text: mail.text, at: createdAt.description, state: word(isSent: isSent), error: error)
    }

    private func word(isSent: Bool) -> String {
        switch state {
        case .ready: "waiting"
        case .done: isSent ? "sent" : "kept"
        case .dead: "given up"
        }
    }
}
