import Secrets
import Values

/// Addresses by which whoever knows them can read a file for a while.
///
/// The end of a link is the end of one of the windows that time is divided into, so that all links to a
/// file that are made within one are the same. What is signed is the file and the end; the key is made
/// of the secrets that sign cookies, under a label of its own.
struct FileLinks: Sendable {
    /// The first signs, all verify.
    private let keys: [Secret<[UInt8]>]
    private let windowSeconds: Int64

    init(_ secrets: SigningSecrets, window: Duration) {
        keys = secrets.keys(for: "atrium files link v1")
        windowSeconds = max(1, window.wholeSeconds)
    }

    func link(to id: ID<StoredFile>, at now: Instant) -> String {
        let endsAt = (now.seconds / windowSeconds + 2) * windowSeconds
        let signature = Self.signature(id, endsAt, keys[0])
        return "/api/v1/files/\(id)/content?expires=\(endsAt)&signature=\(signature.base64URL)"
    }

    /// Whether one of our keys has signed this, and it is not over.
    func isGood(
        _ signature: String, for id: ID<StoredFile>, endsAt: Int64, at now: Instant
    ) -> Bool {
        guard now.seconds < endsAt else { return false }
        return keys.contains { key in
            constantTimeEquals(Self.signature(id, endsAt, key).base64URL, signature)
        }
    }

    private static func signature(
        _ id: ID<StoredFile>, _ endsAt: Int64, _ key: Secret<[UInt8]>
    ) -> Digest {
        HMAC.sha256("\(id) \(endsAt)", key: key.exposed)
    }
}
