import Coding
import Secrets
import Values

/// The `mail` section. Without a mail server, mails are kept for `/dev/mail` in `dev` and wait for
/// one in `prod`.
package struct MailSettings: Codable, Sendable {
    /// The address that mails are from. Needed with `mail.smtp.host`.
    package var from: EmailAddress?
    /// The name that is shown beside the address.
    package var fromName: SettingText?
    /// A directory with other words for mails: `reset-password.txt` and `reset-password.html`
    /// ([mail.md](mail.md)). They are read when the server starts.
    package var templates: DirectoryPath?
    package var smtp = SMTPSettings()

    init() {}
}

/// The `mail.smtp` section: the server that takes the mails.
package struct SMTPSettings: Codable, Sendable {
    /// How the connection is encrypted.
    package enum Encryption: String, Codable, CaseIterable, Sendable {
        case starttls, optional, implicit, none
    }

    /// The mail server's name or address.
    package var host: HostName?
    /// 587 is for programs that sign in, 465 for `implicit` encryption, 25 for servers among
    /// themselves.
    package var port: PositiveCount = 587
    /// `starttls` sends nothing unencrypted; `implicit` encrypts from the first byte; `optional`
    /// encrypts where the server offers it, which somebody in between can prevent; `none` does not.
    package var tls = Encryption.starttls
    /// Whom to sign in as. Without it nobody signs in.
    package var user: SettingText?
    /// The user's password.
    package var password: Password?
    /// A file of certificates (PEM) to trust instead of the system's, for a server with a
    /// certificate of one's own making.
    package var trustedCertificates: FilePath?
    /// From the first packet to the last answer of one mail, 100 seconds at most.
    package var timeout: TimeSpan = "60s"

    init() {}

    /// A password of any length.
    package struct Password: SecretValue {
        package let secret: Secret<String>

        package init(_ text: String) throws(Invalid) {
            guard !text.isEmpty else { throw .tooShort(min: 1) }
            secret = Secret(text)
        }

        private init(standIn text: String) { secret = Secret(text) }

        package static var example: Password { Password(standIn: "x") }
    }
}
