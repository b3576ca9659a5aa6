import Coding
import Identity
import Secrets
import Values

/// Keys by which overlays hear what happens on streams: streaming software opens a page and cannot sign in.
///
/// A key is a signature of what it opens, so that it is kept nowhere: of a session's id for that session's
/// overlay, or of a creator's id and a number that he can have counted on, for the one that shows each
/// session of his. Neither opens what the other is for.
struct OverlayKeys: Sendable {
    /// The newest first, which signs; all of them verify.
    private let secrets: [Secret<[UInt8]>]
    private let lastingSecrets: [Secret<[UInt8]>]

    init(_ signing: SigningSecrets) {
        secrets = signing.keys(for: "atrium studio overlay")
        lastingSecrets = signing.keys(for: "atrium studio lasting overlay")
    }

    func key(of session: ID<StreamSession>) -> String {
        secrets.first.map { Self.signature(session.description, $0) } ?? ""
    }

    func isKey(_ text: String, of session: ID<StreamSession>) -> Bool {
        secrets.contains { constantTimeEquals(text, Self.signature(session.description, $0)) }
    }

    /// Of the creator's lasting link with that number.
    func key(of creator: ID<User>, number: Int) -> String {
        lastingSecrets.first.map { Self.signature("\(creator) \(number)", $0) } ?? ""
    }

    func isKey(_ text: String, of creator: ID<User>, number: Int) -> Bool {
        lastingSecrets.contains {
            constantTimeEquals(text, Self.signature("\(creator) \(number)", $0))
        }
    }

    private static func signature(_ text: String, _ secret: Secret<[UInt8]>) -> String {
        Base64URL.encode(HMAC.sha256(text, key: secret.exposed).bytes)
    }
}
