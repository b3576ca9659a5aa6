import Coding
import Values

/// Why a sealed value does not open.
package enum SealError: Error, Hashable, Sendable {
    /// It is not of the form `a1.<key id>.<base64url>`.
    case malformed
    /// Its key is not on the ring any more.
    case unknownKey(Keyring.KeyID)
    /// It was changed, or sealed for another purpose or context.
    case refused
}

/// Seals values for one purpose: `a1.<key id>.<base64url(nonce ‖ text ‖ tag)>`, AES-256-GCM.
///
/// The context says where the value lives, `table.column.id`, and is authenticated but not stored, so
/// that a value moved to another row does not open. Nonces are random: a key is good for 2^32 values
/// (NIST SP 800-38D §8.3), far beyond what it will meet before it is replaced.
package struct Sealer: Sendable {
    let keys: [Keyring.Key]
    let randomness: Randomness

    package func seal(_ value: some ContiguousBytes, context: String) -> String {
        let key = keys[0]
        let nonce = randomness.bytes(AESGCM.nonceCount)
        let sealed = value.withContiguousBytes { value in
            context.withContiguousBytes {
                AESGCM.seal(value, key: key.secret.exposed, nonce: nonce, authenticating: $0)
            }
        }
        return "\(Self.prefix)\(key.id).\(Base64URL.encode(nonce + sealed))"
    }

    package func open(
        _ sealed: String, context: String
    ) throws(SealError) -> Secret<[UInt8]> {
        guard let (id, bytes) = Self.parts(of: sealed) else { throw .malformed }
        guard let key = keys.first(where: { $0.id == id }) else { throw .unknownKey(id) }
        let nonce = [UInt8](bytes.prefix(AESGCM.nonceCount))
        let value = bytes.dropFirst(AESGCM.nonceCount).withContiguousBytes { value in
            context.withContiguousBytes {
                AESGCM.open(value, key: key.secret.exposed, nonce: nonce, authenticating: $0)
            }
        }
        guard let value else { throw .refused }
        return Secret(value)
    }

    /// As `open`, for a value that was sealed from text.
    package func openText(
        _ sealed: String, context: String
    ) throws(SealError) -> Secret<String> {
        let bytes = try open(sealed, context: context).exposed
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .refused }
        return Secret(text)
    }

    /// The key that sealed the value; nil when it is no sealed value.
    package static func keyID(of sealed: String) -> Keyring.KeyID? {
        parts(of: sealed)?.id
    }

    /// Whether an older key sealed the value, so that it should be sealed again.
    package func isOutdated(_ sealed: String) -> Bool {
        Self.keyID(of: sealed) != keys[0].id
    }

    private static let prefix = "a1."

    private static func parts(of sealed: String) -> (id: Keyring.KeyID, bytes: [UInt8])? {
        guard sealed.hasPrefix(prefix) else { return nil }
        let parts = sealed.dropFirst(prefix.count).split(
            separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let id = Keyring.keyID(parts[0]),
            let bytes = Base64URL.decode(String(parts[1])),
            bytes.count >= AESGCM.nonceCount + AESGCM.tagCount
        else { return nil }
        return (id, bytes)
    }
}
