import Mail

/// The words of all mails to users, the program's own or an operator's.
package struct UserMailTemplates: Sendable {
    package var resetPassword = MailTemplate.resetPassword
    package var verifyEmail = MailTemplate.verifyEmail
    package var leaveEmail = MailTemplate.leaveEmail
    package var changeEmail = MailTemplate.changeEmail
    package var deleteUser = MailTemplate.deleteUser
    package var addressInUse = MailTemplate.addressInUse

    package init() {}

    package static let all: [any WritableKeyPath<UserMailTemplates, MailTemplate> & Sendable] = [
        \.resetPassword, \.verifyEmail, \.leaveEmail, \.changeEmail, \.deleteUser, \.addressInUse,
    ]
}

/// `name` is what the user is called, `server` our address, `link` the page whose button does what the
/// mail is about, `code` what can be typed at `page` instead, `ends` until when, `email` the address
/// that is wanted.
extension MailTemplate {
    /// By which a new password is chosen.
    package static let resetPassword = MailTemplate(
        "reset-password",
        slots: ["name", "server", "link", "code", "page", "ends"],
        text: """
            Choose a new password

            Hello {{name}},

            somebody, most likely you, asked for a new password at {{server}}. Choose it here, \
            until {{ends}}:

            {{link}}

            Or type the code {{code}} at

            {{page}}

            All of your devices are signed out then. If it was not you, there is nothing to do: \
            your password stays as it is.
            """,
        html: """
            <!doctype html>
            <html lang="en">
            <body style="margin:0;padding:24px;color:#1b1f1d;background:#fbfbf9;font:16px/1.6 sans-serif">
            <p>Hello {{name}},</p>
            <p>somebody, most likely you, asked for a new password at {{server}}. Choose it until \
            {{ends}}:</p>
            <p><a href="{{link}}" target="_blank" style="display:inline-block;padding:10px 18px;\
            border-radius:6px;background:#0a5c4a;color:#ffffff;text-decoration:none">Choose a new password</a></p>
            <p>Or type the code <strong style="font-family:monospace">{{code}}</strong> at \
            <a href="{{page}}" target="_blank">{{page}}</a></p>
            <p>All of your devices are signed out then. If it was not you, there is nothing to do: your password stays as it is.</p>
            </body>
            </html>
            """)

    /// By which a user shows that his address is his.
    package static let verifyEmail = MailTemplate(
        "verify-email",
        slots: ["name", "server", "link", "code", "page", "ends"],
        text: """
            Confirm your e-mail address

            Hello {{name}},

            please confirm that this address is yours, for your account at {{server}}. Do it here, \
            until {{ends}}:

            {{link}}

            Or type the code {{code}} at

            {{page}}

            If you have no account there, there is nothing to do.
            """,
        html: """
            <!doctype html>
            <html lang="en">
            <body style="margin:0;padding:24px;color:#1b1f1d;background:#fbfbf9;font:16px/1.6 sans-serif">
            <p>Hello {{name}},</p>
            <p>please confirm that this address is yours, for your account at {{server}}, until \
            {{ends}}:</p>
            <p><a href="{{link}}" target="_blank" style="display:inline-block;padding:10px 18px;\
            border-radius:6px;background:#0a5c4a;color:#ffffff;text-decoration:none">Confirm the address</a></p>
            <p>Or type the code <strong style="font-family:monospace">{{code}}</strong> at \
            <a href="{{page}}" target="_blank">{{page}}</a></p>
            <p>If you have no account there, there is nothing to do.</p>
            </body>
            </html>
            """)

    /// To the address that a user leaves.
    package static let leaveEmail = MailTemplate(
        "change-email-confirmation",
        slots: ["name", "server", "link", "code", "page", "ends", "email"],
        text: """
            Change your e-mail address?

            Hello {{name}},

            somebody, most likely you, wants your account at {{server}} to have the address \
            {{email}} instead of this one. Agree here, until {{ends}}; a mail to the new address \
            follows:

            {{link}}

            Or type the code {{code}} at

            {{page}}

            If it was not you, do not agree, and choose a new password: somebody is signed in as \
            you.
            """,
        html: """
            <!doctype html>
            <html lang="en">
            <body style="margin:0;padding:24px;color:#1b1f1d;background:#fbfbf9;font:16px/1.6 sans-serif">
            <p>Hello {{name}},</p>
            <p>somebody, most likely you, wants your account at {{server}} to have the address \
            <strong>{{email}}</strong> instead of this one. Agree until {{ends}}; a mail to the \
            new address follows:</p>
            <p><a href="{{link}}" target="_blank" style="display:inline-block;padding:10px 18px;\
            border-radius:6px;background:#0a5c4a;color:#ffffff;text-decoration:none">Agree to the change</a></p>
            <p>Or type the code <strong style="font-family:monospace">{{code}}</strong> at \
            <a href="{{page}}" target="_blank">{{page}}</a></p>
            <p>If it was not you, do not agree, and choose a new password: somebody is signed in as you.</p>
            </body>
            </html>
            """)

    /// To the address that a user goes to.
    package static let changeEmail = MailTemplate(
        "change-email",
        slots: ["name", "server", "link", "code", "page", "ends", "email"],
        text: """
            Confirm your new e-mail address

            Hello {{name}},

            please confirm that {{email}} is to be the address of your account at {{server}}. Do \
            it here, until {{ends}}:

            {{link}}

            Or type the code {{code}} at

            {{page}}

            If you have no account there, there is nothing to do.
            """,
        html: """
            <!doctype html>
            <html lang="en">
            <body style="margin:0;padding:24px;color:#1b1f1d;background:#fbfbf9;font:16px/1.6 sans-serif">
            <p>Hello {{name}},</p>
            <p>please confirm that <strong>{{email}}</strong> is to be the address of your account \
            at {{server}}, until {{ends}}:</p>
            <p><a href="{{link}}" target="_blank" style="display:inline-block;padding:10px 18px;\
            border-radius:6px;background:#0a5c4a;color:#ffffff;text-decoration:none">Confirm the new address</a></p>
            <p>Or type the code <strong style="font-family:monospace">{{code}}</strong> at \
            <a href="{{page}}" target="_blank">{{page}}</a></p>
            <p>If you have no account there, there is nothing to do.</p>
            </body>
            </html>
            """)

    /// By which a user confirms that he wants to be deleted.
    package static let deleteUser = MailTemplate(
        "delete-account",
        slots: ["name", "server", "link", "code", "page", "ends"],
        text: """
            Delete your account?

            Hello {{name}},

            somebody, most likely you, wants your account at {{server}} to be deleted. Whoever \
            does it here, until {{ends}}, ends it for good:

            {{link}}

            Or type the code {{code}} at

            {{page}}

            If it was not you, do nothing here, and choose a new password: somebody is signed in \
            as you.
            """,
        html: """
            <!doctype html>
            <html lang="en">
            <body style="margin:0;padding:24px;color:#1b1f1d;background:#fbfbf9;font:16px/1.6 sans-serif">
            <p>Hello {{name}},</p>
            <p>somebody, most likely you, wants your account at {{server}} to be deleted. Whoever \
            does it, until {{ends}}, ends it for good:</p>
            <p><a href="{{link}}" target="_blank" style="display:inline-block;padding:10px 18px;\
            border-radius:6px;background:#0a5c4a;color:#ffffff;text-decoration:none">Delete the account</a></p>
            <p>Or type the code <strong style="font-family:monospace">{{code}}</strong> at \
            <a href="{{page}}" target="_blank">{{page}}</a></p>
            <p>If it was not you, do nothing here, and choose a new password: somebody is signed in as you.</p>
            </body>
            </html>
            """)

    /// To whoever has an address that somebody tried to register or to change to. No link in it does anything.
    package static let addressInUse = MailTemplate(
        "address-in-use",
        slots: ["server", "email"],
        text: """
            You have an account already

            Hello,

            somebody, maybe you, tried to use {{email}} for an account at {{server}}. There is one \
            with this address already. Sign in with it, or ask for a new password there if you \
            have forgotten yours.

            If it was not you, there is nothing to do: nothing has changed.
            """,
        html: """
            <!doctype html>
            <html lang="en">
            <body style="margin:0;padding:24px;color:#1b1f1d;background:#fbfbf9;font:16px/1.6 sans-serif">
            <p>Hello,</p>
            <p>somebody, maybe you, tried to use <strong>{{email}}</strong> for an account at \
            {{server}}. There is one with this address already. Sign in with it, or ask for a new \
            password there if you have forgotten yours.</p>
            <p>If it was not you, there is nothing to do: nothing has changed.</p>
            </body>
            </html>
            """)
}
