import Coding
import Values

/// Why a setting holds no keys. Says which entry is wrong, never what it holds.
package enum KeyringError: Error, Hashable, Sendable {
    case empty
    /// Entry number `position`, counted from 1, is not `<id>:<key>`.
    case malformed(position: Int)
    case badID(position: Int)
    case notBase64(Keyring.KeyID)
    case wrongLength(Keyring.KeyID, bytes: Int)
    case duplicateID(Keyring.KeyID)
    case duplicateKey(Keyring.KeyID)
}

extension KeyringError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .empty: "there is no key"
        case .malformed(let position): "entry \(position) is not of the form <id>:<key>"
        case .badID(let position):
            "the id of entry \(position) is not a number from 1 to \(Keyring.KeyID.max)"
        case .notBase64(let id): "key \(id) is not base64"
        case .wrongLength(let id, let bytes): "key \(id) has \(bytes) bytes instead of 32"
        case .duplicateID(let id): "there are two keys with the id \(id)"
        case .duplicateKey(let id): "key \(id) is the same as another"
        }
    }
}

extension Keyring {
    static func keys(in text: String) throws(KeyringError) -> [Key] {
        var keys: [Key] = []
        for (index, entry) in text.split(separator: ",").enumerated() {
            let key = try key(trimmed(entry), position: index + 1)
            for other in keys {
                if other.id == key.id { throw .duplicateID(key.id) }
                if constantTimeEquals(other.secret.exposed, key.secret.exposed) {
                    throw .duplicateKey(key.id)
                }
            }
            keys.append(key)
        }
        guard !keys.isEmpty else { throw .empty }
        return keys
    }

    private static func key(_ entry: Substring, position: Int) throws(KeyringError) -> Key {
        guard let colon = entry.firstIndex(of: ":") else { throw .malformed(position: position) }
        guard let id = keyID(entry[..<colon]) else { throw .badID(position: position) }
        return try key(id, entry[entry.index(after: colon)...])
    }

    /// Either alphabet, with or without padding: whatever the operator's tool made.
    static func key(_ id: KeyID, _ text: some StringProtocol) throws(KeyringError) -> Key {
        let text = trimmed(Substring(text))
        guard !text.isEmpty else { throw .empty }
        guard let bytes = anyBase64(text) else { throw .notBase64(id) }
        guard bytes.count == AESGCM.keyCount else { throw .wrongLength(id, bytes: bytes.count) }
        return Key(id: id, secret: Secret(bytes))
    }

    /// The one spelling of an id: decimal, no sign, no leading zero.
    static func keyID(_ text: some StringProtocol) -> KeyID? {
        guard let first = text.utf8.first, first != UInt8(ascii: "0"), text.utf8.count <= 10,
            text.utf8.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") })
        else { return nil }
        return KeyID(text)
    }
}

private func anyBase64(_ text: Substring) -> [UInt8]? {
    var url = text.utf8.map { byte in
        switch byte {
        case UInt8(ascii: "+"): UInt8(ascii: "-")
        case UInt8(ascii: "/"): UInt8(ascii: "_")
        default: byte
        }
    }
    while url.last == UInt8(ascii: "=") { url.removeLast() }
    return Base64URL.decode(String(decoding: url, as: UTF8.self))
}

private func trimmed(_ text: Substring) -> Substring {
    var text = text.drop { $0 == " " || $0.isNewline }
    while let last = text.last, last == " " || last.isNewline { text.removeLast() }
    return text
}
