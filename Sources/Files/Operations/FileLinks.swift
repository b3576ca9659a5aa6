import Secrets
import Values

/// Addresses by which whoever knows them can read a file for a while.
///
/// The end of a link is the end of one of the windows that time is divided into, so that all links to a
/// file that are made within one are the same. What is signed is the file and the end.
struct FileLinks: Sendable {
    private let signature: PurposeSignature
    private let windowSeconds: Int64

    init(_ secrets: SigningSecrets, window: Duration) {
        signature = PurposeSignature(secrets, label: "atrium files link v1")
        windowSeconds = max(1, window.wholeSeconds)
    }

    func link(to id: ID<StoredFile>, at now: Instant) -> String {
        let endsAt = (now.seconds / windowSeconds + 2) * windowSeconds
        let signature = signature.of(Self.signed(id, endsAt))
        return "/api/v1/files/\(id)/content?expires=\(endsAt)&signature=\(signature)"
    }

    /// Whether one of our keys has signed this, and it is not over.
    func isGood(
        _ given: String, for id: ID<StoredFile>, endsAt: Int64, at now: Instant
    ) -> Bool {
        now.seconds < endsAt && signature.isGood(given, of: Self.signed(id, endsAt))
    }

    private static func signed(_ id: ID<StoredFile>, _ endsAt: Int64) -> String {
        "\(id) \(endsAt)"
    }
}
