import Values

/// Hashes values that few enough are possible of to try them all: codes that people type, addresses.
/// Without the key the hash tells nothing.
///
/// The newest key of the ring hashes. What is looked for is hashed with the one before it as well, so
/// that what is under way when keys rotate still counts.
package struct KeyedHasher: Sendable {
    /// One or two, the newest first.
    private let keys: [Secret<[UInt8]>]

    init(keys: [Secret<[UInt8]>]) { self.keys = keys }

    package func hash(_ text: String) -> Digest {
        HMAC.sha256(text, key: keys[0].exposed)
    }

    /// The hash by the newest key and that by the one before; twice the same where there is one key.
    package func candidates(_ text: String) -> (newest: Digest, older: Digest) {
        (hash(text), HMAC.sha256(text, key: keys[keys.count - 1].exposed))
    }
}

extension Keyring {
    /// As `purpose`, for hashing. A label never changes.
    package func hasher(_ label: StaticString) -> KeyedHasher {
        KeyedHasher(
            keys: keys.prefix(2).map { key in
                Secret(
                    HKDF.sha256(
                        key.secret.exposed, info: "atrium h1 \(label)", count: AESGCM.keyCount))
            })
    }
}
