import Identity
import Secrets
import Values

/// Keys by which overlays hear what happens on streams: streaming software opens a page and cannot sign in.
///
/// A key is a signature of what it opens, so that it is kept nowhere: of a session's id for that session's
/// overlay, or of a creator's id and a number that he can have counted on, for the one that shows each
/// session of his. Neither opens what the other is for.
struct OverlayKeys: Sendable {
    private let ofSessions: PurposeSignature
    private let ofCreators: PurposeSignature

    init(_ signing: SigningSecrets) {
        ofSessions = PurposeSignature(signing, label: "atrium studio overlay")
        ofCreators = PurposeSignature(signing, label: "atrium studio lasting overlay")
    }

    func key(of session: ID<StreamSession>) -> String { ofSessions.of(session.description) }

    func isKey(_ text: String, of session: ID<StreamSession>) -> Bool {
        ofSessions.isGood(text, of: session.description)
    }

    /// Of the creator's lasting link with that number.
    func key(of creator: ID<User>, number: Int) -> String { ofCreators.of("\(creator) \(number)") }

    func isKey(_ text: String, of creator: ID<User>, number: Int) -> Bool {
        ofCreators.isGood(text, of: "\(creator) \(number)")
    }
}
