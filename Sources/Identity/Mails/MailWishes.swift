import API
import Coding
import Jobs
import SQL
import Secrets
import Values

/// What somebody wants to have mailed.
///
/// The request only notes it: it does the same work and gets the same answer whether anybody has the
/// address. A job looks.
package struct MailWish: Codable, Sendable {
    package let email: EmailAddress
    /// The address that the user wants instead.
    package var newEmail: EmailAddress?
    package var callbackURL: String?

    package init(
        _ email: EmailAddress, newEmail: EmailAddress? = nil, callbackURL: String? = nil
    ) {
        (self.email, self.newEmail, self.callbackURL) = (email, newEmail, callbackURL)
    }
}

/// Takes wishes of one kind, and grants them. In the database a wish is sealed, and taken out when it
/// was granted: the queue does not tell who asked.
package struct MailWishes: Sendable {
    package typealias Grant =
        @Sendable (User, MailWish, Instant, any Transaction) async throws -> Void

    let kind: String
    package let mails: UserMails
    let grant: Grant
    private let sealer: Sealer

    /// `grant` writes a mail to a user that was found by the wish's address.
    package init(_ kind: String, _ mails: UserMails, grant: @escaping Grant) {
        self.kind = kind
        self.mails = mails
        self.grant = grant
        sealer = mails.identity.wishSealer
    }

    package func insert(
        _ wish: MailWish, at now: Instant, in runner: any StatementRunner
    ) async throws {
        let bytes = try JSONCoder.encode(wish)
        try await mails.outbox.queue.insert(kind, at: now, in: runner) { id in
            sealer.seal(bytes, context: Self.context(id))
        }
    }

    package func insert(_ wish: MailWish, _ call: Call) async throws {
        try await insert(wish, at: call.now, in: mails.identity.database)
        await mails.wake()
    }

    package var handler: JobHandler {
        JobHandler(kind) { job, now in
            // Granted already, by a node that did not come to say so.
            if job.payload.isEmpty { return }
            let wish = try open(job)
            try await mails.identity.database.transaction { transaction in
                let found = try await transaction.first(User.findByEmail, wish.email)
                if let found { try await grant(found.user, wish, now, transaction) }
                try await mails.outbox.queue.clear(job.id, in: transaction)
            }
            await mails.wake()
        }
    }

    private func open(_ job: Job) throws -> MailWish {
        do {
            let bytes = try sealer.open(job.payload, context: Self.context(job.id))
            return try JSONCoder.decode(MailWish.self, from: bytes.exposed)
        } catch {
            throw JobRefusal("the key that sealed this wish is not there any more")
        }
    }

    private static func context(_ id: ID<Job>) -> String { "jobs.payload.\(id)" }
}
