import CCurl
import Values

/// Hands mails to a mail server, several at once, over connections that it keeps for a while.
///
/// It has a thread of its own, made for the first mail: when libcurl leaves a server it waits for
/// the answer to QUIT, which nobody else may have to wait for. Everything before that is events.
package final class SMTPClient: Sendable {
    /// Bytes of one mail.
    package static let bytesMax = 10 << 20

    private let server: SMTPServer
    private let engine = LazyEngine(connectionsMax: 16)

    package init(_ server: SMTPServer) { self.server = server }

    /// Returns when the server has taken the mail. Cancelling gives up; the server may have it then.
    package func send(
        _ bytes: [UInt8], from sender: EmailAddress, to recipient: EmailAddress
    ) async throws(SMTPFailure) {
        guard bytes.count <= Self.bytesMax else {
            throw SMTPFailure(isPermanent: true, "The mail has \(bytes.count) bytes.")
        }
        let end = await engine.ready.run { transfer in
            transfer.upload(bytes)
            self.prepare(transfer, sender, recipient)
        }
        if let failure = SMTPFailure(end) { throw failure }
    }

    /// Gives up what is under way. Nothing can be sent afterwards but by a new thread.
    package func close() { engine.close() }

    private func prepare(
        _ transfer: Transfer, _ sender: EmailAddress, _ recipient: EmailAddress
    ) {
        transfer.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        transfer.set(CURLOPT_URL, server.url)
        transfer.set(CURLOPT_MAIL_FROM, "<\(sender)>")
        transfer.set(CURLOPT_MAIL_RCPT, ["<\(recipient)>"])
        transfer.set(CURLOPT_USE_SSL, server.security.curlValue)
        if let file = server.trustedCertificates { transfer.set(CURLOPT_CAINFO, file) }
        if let user = server.user { transfer.set(CURLOPT_USERNAME, user) }
        if let password = server.password { transfer.set(CURLOPT_PASSWORD, password.exposed) }
        let milliseconds = Int(clamping: server.timeout.microseconds / 1000)
        transfer.set(CURLOPT_TIMEOUT_MS, milliseconds)
        transfer.set(CURLOPT_CONNECTTIMEOUT_MS, min(milliseconds, Self.connectMilliseconds))
        transfer.set(CURLOPT_SERVER_RESPONSE_TIMEOUT, max(1, milliseconds / 1000))
    }

    private static let connectMilliseconds = 15_000
}

extension SMTPServer.Security {
    fileprivate var curlValue: Int {
        switch self {
        case .startTLS, .tls: Int(CURLUSESSL_ALL.rawValue)
        case .startTLSIfOffered: Int(CURLUSESSL_TRY.rawValue)
        case .none: Int(CURLUSESSL_NONE.rawValue)
        }
    }
}

extension SMTPFailure {
    /// Nil when the mail was taken.
    fileprivate init?(_ end: Transfer.End) {
        if end.code == CURLE_OK { return nil }
        let isRefusal = [CURLE_SEND_ERROR, CURLE_WEIRD_SERVER_REPLY].contains(end.code)
        // 53x asks for another password or for encryption (RFC 4954 §6, RFC 3207 §4).
        let isAboutMail = (500..<600).contains(end.response) && end.response / 10 != 53
        let answer = end.response > 0 ? ", after \(end.response)" : ""
        self.init(isPermanent: isRefusal && isAboutMail, end.words + answer)
    }
}
