import CCurl

/// Why another server has not answered.
package struct OutgoingFailure: Error, Sendable, CustomStringConvertible {
    /// What whoever asked can tell his own client.
    package enum Kind: String, CaseIterable, Sendable {
        /// It took too long.
        case slow
        /// It cannot be reached, or cuts the connection.
        case down
        /// It must not be asked: its address, or how it would be spoken to, is not allowed.
        case refused
        /// Its answer is longer than allowed.
        case tooLarge
        /// It has no certificate that we trust, or speaks no TLS.
        case tls
        /// What it says is no HTTP.
        case malformed
        /// We ask too much at once.
        case busy
        /// Whoever asked has left.
        case cancelled
        /// This machine lacks libcurl.
        case unavailable
    }

    package let kind: Kind
    /// For the log. It may name addresses, and never what was sent.
    package let description: String

    package init(_ kind: Kind, _ description: String) {
        (self.kind, self.description) = (kind, description)
    }
}

extension OutgoingFailure {
    /// Nil when there is an answer.
    init?(_ end: Transfer.End) {
        guard CurlLibrary.problem == nil else {
            self.init(.unavailable, end.words)
            return
        }
        if end.code == CURLE_OK { return nil }
        self.init(Self.kind(of: end), Self.words(for: end))
    }

    private static func kind(of end: Transfer.End) -> Kind {
        if end.isOverLimit { return .tooLarge }
        if end.refusedAddress != nil, end.code == CURLE_COULDNT_CONNECT { return .refused }
        switch end.code {
        case CURLE_OPERATION_TIMEDOUT: return .slow
        case CURLE_FILESIZE_EXCEEDED: return .tooLarge
        case CURLE_ABORTED_BY_CALLBACK: return .cancelled
        case CURLE_URL_MALFORMAT: return .refused
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM,
            CURLE_SSL_CIPHER, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR,
            CURLE_SSL_INVALIDCERTSTATUS:
            return .tls
        case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_CONTENT_ENCODING,
            CURLE_HTTP2:
            return .malformed
        default: return .down
        }
    }

    private static func words(for end: Transfer.End) -> String {
        guard let address = end.refusedAddress else { return end.words }
        return "a connection to \(address) is not allowed"
    }
}
