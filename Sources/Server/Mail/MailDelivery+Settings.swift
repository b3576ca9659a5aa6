import Mail
import Outgoing

extension MailDelivery {
    /// Without a mail server, a developer's mails are kept to be looked at; anywhere else they wait
    /// for one.
    init(_ settings: Settings) {
        if let place = settings.mail.place {
            self = .server(SMTPClient(place.server), place.sender)
        } else {
            self = settings.environment == .dev ? .kept : .missing
        }
    }
}

extension MailSettings {
    /// Nil without a mail server: the rules see to it that one has a sender.
    var place: (server: SMTPServer, sender: MailSender)? {
        guard let host = smtp.host, let from else { return nil }
        var server = SMTPServer(
            host: host.text, port: smtp.port.value, security: SMTPServer.Security(smtp.tls))
        server.user = smtp.user?.text
        server.password = smtp.password?.secret
        server.trustedCertificates = smtp.trustedCertificates?.text
        // Below the lease of a job: another node would send the same mail beside this one.
        server.timeout = min(smtp.timeout.duration, .seconds(100))
        return (server, MailSender(from, name: fromName?.text))
    }
}

extension SMTPServer.Security {
    fileprivate init(_ mode: SMTPSettings.Encryption) {
        self =
            switch mode {
            case .starttls: .startTLS
            case .optional: .startTLSIfOffered
            case .implicit: .tls
            case .none: .none
            }
    }
}

extension Settings {
    /// Where mails go, without a password.
    var mailDescription: String {
        guard let host = mail.smtp.host, let from = mail.from else { return "nowhere" }
        return "\(host.text):\(mail.smtp.port.value), from \(from)"
    }

    /// What an operator has to know who has set no mail server.
    static let mailWarning = """
        no mail server is set, so mails wait: set mail.smtp.host and mail.from \
        (ATRIUM_MAIL_SMTP_HOST, ATRIUM_MAIL_FROM)
        """
}
