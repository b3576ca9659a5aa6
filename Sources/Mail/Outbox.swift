import Coding
import Jobs
import Outgoing
import SQL
import Secrets
import Values

/// Takes mails and sees to it that they are delivered.
///
/// In the database a mail is sealed: it may hold what opens an account.
package struct Outbox: Sendable {
    static let kind = "mail.send"
    /// What a mail's seal is bound to, with its job's id behind it.
    package static let sealedName = "jobs.payload"

    package let queue: JobQueue
    package let sealer: Sealer
    private let delivery: MailDelivery

    package init(_ queue: JobQueue, _ keyring: Keyring, _ delivery: MailDelivery) {
        self.queue = queue
        sealer = keyring.purpose("mails")
        self.delivery = delivery
    }

    /// Puts a mail in together with what caused it. Call `queue.wake()` after the commit.
    package func insert(
        _ mail: Mail, at now: Instant, in transaction: any StatementRunner
    ) async throws {
        let bytes = try JSONCoder.encode(mail)
        try await queue.insert(Self.kind, at: now, in: transaction) { id in
            sealer.seal(bytes, context: Self.context(id))
        }
    }

    package var handler: JobHandler {
        JobHandler(Self.kind, triesMax: 16) { [self] job, now in
            guard let mail = open(job.payload, of: job.id) else {
                throw JobRefusal("the key that sealed this mail is not there any more")
            }
            try await delivery.deliver(mail, id: job.id.description, at: now)
        }
    }

    // MARK: Looking

    /// The newest mails, with what became of them.
    package func newest(limit: Int) async throws -> [OutboxMail] {
        try await queue.newest(Self.kind, limit: limit).compactMap(read)
    }

    package func find(_ id: ID<Job>) async throws -> OutboxMail? {
        try await queue.find(id, Self.kind).flatMap(read)
    }

    private func read(_ job: RecordedJob) -> OutboxMail? {
        open(job.payload, of: job.id).map { mail in
            OutboxMail(
                id: job.id, mail: mail, state: job.state, createdAt: job.createdAt,
                error: job.error)
        }
    }

    private func open(_ payload: String, of id: ID<Job>) -> Mail? {
        guard let text = try? sealer.openText(payload, context: Self.context(id)) else {
            return nil
        }
        return try? JSONCoder.decode(Mail.self, from: Array(text.exposed.utf8))
    }

    private static func context(_ id: ID<Job>) -> String { "\(sealedName).\(id)" }
}

/// A mail that the outbox has taken.
package struct OutboxMail: Sendable {
    package let id: ID<Job>
    package let mail: Mail
    package let state: JobState
    package let createdAt: Instant
    package let error: String?
}

/// Where mails go.
package enum MailDelivery: Sendable {
    case server(SMTPClient, MailSender)
    /// Nowhere: they are kept to be looked at, on a developer's machine.
    case kept
    /// Nowhere, and somebody has to do something about it.
    case missing

    func deliver(_ mail: Mail, id: String, at now: Instant) async throws {
        switch self {
        case .kept: return
        case .missing: throw NoServer()
        case .server(let client, let sender):
            let bytes = MailEncoder(sender: sender).encode(mail, id: id, at: now)
            do throws(SMTPFailure) {
                try await client.send(bytes, from: sender.address, to: mail.recipient)
            } catch {
                if error.isPermanent { throw JobRefusal(error.description) }
                throw error
            }
        }
    }

    package func close() {
        if case .server(let client, _) = self { client.close() }
    }

    private struct NoServer: Error, CustomStringConvertible {
        var description: String { "no mail server is set: mail.smtp.host" }
    }
}
