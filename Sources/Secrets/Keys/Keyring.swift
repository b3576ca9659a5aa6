import Values

/// The keys that encrypt what is kept at rest, by id (design, decision 9).
///
/// A ring seals nothing itself: each purpose has keys of its own, derived from these, so that what
/// one column holds means nothing in another. The first key seals and all open, so that a new key can
/// be put in front and old values be sealed again in peace.
package struct Keyring: Sendable {
    /// A name of a key, written into each value that it seals.
    package typealias KeyID = UInt32

    struct Key: Sendable {
        let id: KeyID
        let secret: Secret<[UInt8]>
    }

    /// At least one, of 32 bytes each, ids and keys all different.
    let keys: [Key]
    let randomness: Randomness

    /// One key, as `ENCRYPTION_KEY` gives it: its id is 1.
    package init(
        key text: Secret<String>, randomness: Randomness
    ) throws(KeyringError) {
        keys = [try Self.key(1, text.exposed)]
        self.randomness = randomness
    }

    /// Keys as `ENCRYPTION_KEYS` lists them: `2:<base64>,1:<base64>`.
    package init(
        list text: Secret<String>, randomness: Randomness
    ) throws(KeyringError) {
        keys = try Self.keys(in: text.exposed)
        self.randomness = randomness
    }

    /// The newest first, which seals.
    package var ids: [KeyID] { keys.map(\.id) }

    /// The keys of one purpose, such as "oauth tokens". What is sealed for a label opens under that
    /// label only, so a label never changes.
    package func purpose(_ label: StaticString) -> Sealer {
        let info = "atrium a1 \(label)"
        let derived = keys.map { key in
            Key(
                id: key.id,
                secret: Secret(
                    HKDF.sha256(key.secret.exposed, info: info, count: AESGCM.keyCount)))
        }
        return Sealer(keys: derived, randomness: randomness)
    }
}
