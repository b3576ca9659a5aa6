import Values

/// The mail server that takes our mail, and how we speak to it.
package struct SMTPServer: Sendable {
    /// How the connection is encrypted.
    package enum Security: Sendable {
        /// By STARTTLS, or nothing is sent.
        case startTLS
        /// By STARTTLS where the server offers it. Somebody in between can take the offer away.
        case startTLSIfOffered
        /// From the first byte.
        case tls
        case none
    }

    package var host: String
    package var port: Int
    package var security: Security
    package var user: String?
    package var password: Secret<String>?
    /// A file of certificates to trust instead of the system's.
    package var trustedCertificates: String?
    /// From the first packet to the last answer.
    package var timeout: Duration = .seconds(60)

    package init(host: String, port: Int, security: Security) {
        self.host = host
        self.port = port
        self.security = security
    }

    /// An IPv6 address stands in brackets.
    var url: String {
        let scheme = security == .tls ? "smtps" : "smtp"
        let name = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
        return "\(scheme)://\(name):\(port)"
    }
}

/// Why a mail was not taken.
package struct SMTPFailure: Error, Sendable, CustomStringConvertible {
    /// Whether the server will say the same tomorrow: it refused this mail with a code of 5xx. One
    /// that wants another password is not meant, for that is the operator's to mend.
    package let isPermanent: Bool
    package let description: String

    package init(isPermanent: Bool, _ description: String) {
        self.isPermanent = isPermanent
        self.description = description
    }
}
