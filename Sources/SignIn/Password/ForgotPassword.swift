import API
import Identity
import Jobs
import Mail
import SQL
import Values

/// Sends a link by which a new password can be chosen, to whoever reads the mails of an address.
///
/// The request only notes the wish: it does the same work and gets the same answer whether anybody
/// has the address. A job looks.
struct ForgotPassword: Sendable {
    static let kind = "password.forgot"
    /// Below the base URL. What follows `#` stays in the browser, out of logs and referrers.
    static let page = "/auth/reset-password"

    let identity: Identity
    let outbox: Outbox
    let template: MailTemplate
    let baseURL: String

    func callAsFunction(_ email: EmailAddress, _ call: Call) async throws {
        try await identity.attempts.countResetWish(email, call)
        try await outbox.queue.insert(Self.kind, at: call.now, in: identity.database) { _ in
            email.text
        }
        await outbox.queue.wake()
    }

    var handler: JobHandler {
        JobHandler(Self.kind) { job, now in
            let email = EmailAddress(stored: job.payload)
            guard let user = try await identity.database.first(User.findByEmail, email)?.user else {
                return
            }
            try await send(to: user, at: now)
            await outbox.queue.wake()
        }
    }

    private func send(to user: User, at now: Instant) async throws {
        let life = identity.settings.password.resetExpiresAfter
        try await identity.database.transaction { transaction in
            let token = try await identity.verifications.issue(
                .resetPassword, for: user.id, expiresAt: now + life.duration, at: now,
                in: transaction)
            let mail = template.mail(
                to: user.email,
                [
                    "name": user.name ?? user.email.text, "server": baseURL,
                    "link": "\(baseURL)\(Self.page)#token=\(token.text.exposed)",
                    "ends": Self.words(now + life.duration),
                ])
            try await outbox.insert(mail, at: now, in: transaction)
        }
    }

    /// `2026-11-20 13:00 UTC`
    private static func words(_ instant: Instant) -> String {
        instant.description.prefix(16).map { $0 == "T" ? " " : String($0) }.joined() + " UTC"
    }
}

extension MailTemplate {
    /// `name` is what the user is called, `server` our address, `link` where the password is chosen,
    /// `ends` until when.
    package static let resetPassword = MailTemplate(
        "reset-password", slots: ["name", "server", "link", "ends"],
        text: """
            Choose a new password

            Hello {{name}},

            somebody, most likely you, asked for a new password at {{server}}. Choose it here, \
            until {{ends}}:

            {{link}}

            All of your devices are signed out then. If it was not you, there is nothing to do: \
            your password stays as it is.
            """,
        html: """
            <!doctype html>
            <html lang="en">
            <body style="margin:0;padding:24px;color:#1b1f1d;background:#fbfbf9;font:16px/1.6 sans-serif">
            <p>Hello {{name}},</p>
            <p>somebody, most likely you, asked for a new password at {{server}}. Choose it until {{ends}}:</p>
            <p><a href="{{link}}" target="_blank" style="display:inline-block;padding:10px 18px;\
            border-radius:6px;background:#0a5c4a;color:#ffffff;text-decoration:none">Choose a new password</a></p>
            <p>All of your devices are signed out then. If it was not you, there is nothing to do: \
            your password stays as it is.</p>
            </body>
            </html>
            """)
}
