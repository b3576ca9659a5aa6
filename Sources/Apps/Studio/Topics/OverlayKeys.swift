import Coding
import Secrets
import Values

/// Keys by which the overlay of a stream hears what happens there: streaming software opens a page and
/// cannot sign in.
///
/// A key is a signature of the session's id, so that it is kept nowhere. It opens the topic of that
/// session, until that has ended, and nothing else.
struct OverlayKeys: Sendable {
    /// The newest first, which signs; all of them verify.
    private let secrets: [Secret<[UInt8]>]

    init(_ signing: SigningSecrets) {
        secrets = signing.keys(for: "atrium studio overlay")
    }

    func key(of session: ID<StreamSession>) -> String {
        secrets.first.map { Self.key(of: session, $0) } ?? ""
    }

    func isKey(_ text: String, of session: ID<StreamSession>) -> Bool {
        secrets.contains { constantTimeEquals(text, Self.key(of: session, $0)) }
    }

    private static func key(of session: ID<StreamSession>, _ secret: Secret<[UInt8]>) -> String {
        Base64URL.encode(HMAC.sha256(session.description, key: secret.exposed).bytes)
    }
}
