import Identity
import Mail
import SQL
import Values

/// Tells an invited person by mail. It has no secret: whoever reads it signs in and agrees there, or
/// registers with the address first.
package struct InvitationMail: Sendable {
    private let outbox: Outbox
    private let template: MailTemplate
    private let baseURL: String

    package init(_ outbox: Outbox, _ template: MailTemplate, baseURL: String) {
        (self.outbox, self.template, self.baseURL) = (outbox, template, baseURL)
    }

    package var notice: InvitationNotice {
        { invitation, transaction in
            let mail = template.mail(
                to: invitation.email,
                [
                    "inviter": invitation.inviterEmail.text,
                    "organization": invitation.organization.name,
                    "role": invitation.role.rawValue, "server": baseURL,
                    "id": invitation.id.description,
                    "ends": UserMails.words(invitation.expiresAt),
                ])
            try await outbox.insert(mail, at: invitation.createdAt, in: transaction)
        }
    }
}

extension MailTemplate {
    /// `inviter` is the address of who invites, `organization` and `role` what to, `server` our
    /// address, `id` what the invitation is accepted by, `ends` until when.
    package static let invitation = MailTemplate(
        "invitation", slots: ["inviter", "organization", "role", "server", "id", "ends"],
        text: """
            You are invited to {{organization}}

            Hello,

            {{inviter}} asks you to join {{organization}} at {{server}}, as {{role}}, until {{ends}}.

            Sign in there with the address that this mail came to, or register with it and confirm it; \
            the invitation is shown to you then. Its id is {{id}}.

            If you do not want to, there is nothing to do.
            """,
        html: """
            <!doctype html>
            <html lang="en">
            <body style="margin:0;padding:24px;color:#1b1f1d;background:#fbfbf9;font:16px/1.6 sans-serif">
            <p>Hello,</p>
            <p>{{inviter}} asks you to join <strong>{{organization}}</strong> at {{server}}, as \
            {{role}}, until {{ends}}.</p>
            <p>Sign in there with the address that this mail came to, or register with it and confirm \
            it; the invitation is shown to you then. Its id is {{id}}.</p>
            <p>If you do not want to, there is nothing to do.</p>
            </body>
            </html>
            """)
}
