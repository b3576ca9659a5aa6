import COpenSSL
import Coding

/// PBKDF2 (RFC 8018) as others store it. It verifies only: nothing new is hashed so.
///
/// | text | who writes it |
/// |---|---|
/// | `pbkdf2_sha256$<rounds>$<salt>$<key>`, `pbkdf2_sha1$…` | Django; the salt is taken as it is written |
/// | `$pbkdf2-sha256$<rounds>$<salt>$<key>`, `$pbkdf2-sha512$…`, `$pbkdf2$…` | passlib; Keycloak's algorithms have the same names |
///
/// In the second form salt and key are base64, with or without padding, `.` in the place of `+`
/// allowed.
enum PBKDF2 {
    /// Some two thirds of a second. Django asks for 1,200,000 of SHA-256, Keycloak for 1,300,000 of SHA-1.
    static let rounds = 1...2_000_000

    enum Hash: String {
        case sha1, sha256, sha512

        fileprivate var algorithm: OpaquePointer? {
            switch self {
            case .sha1: EVP_sha1()
            case .sha256: EVP_sha256()
            case .sha512: EVP_sha512()
            }
        }

        fileprivate var byteCount: Int {
            switch self {
            case .sha1: 20
            case .sha256: 32
            case .sha512: 64
            }
        }
    }

    /// A hash taken apart; nil when it is none, or costs more than the caps.
    struct Parts {
        let hash: Hash
        let rounds: Int
        let salt: [UInt8]
        let key: [UInt8]

        init?(_ text: String) {
            let parts = text.split(separator: "$", omittingEmptySubsequences: false)
            let found =
                parts.first?.isEmpty == true
                ? Self.modular(parts.dropFirst()) : Self.django(parts[...])
            guard let found, PBKDF2.rounds.contains(found.rounds),
                (1...128).contains(found.salt.count), (16...128).contains(found.key.count)
            else { return nil }
            self = found
        }

        private init(_ hash: Hash, _ rounds: Int, _ salt: [UInt8], _ key: [UInt8]) {
            (self.hash, self.rounds, self.salt, self.key) = (hash, rounds, salt, key)
        }

        private static func django(_ parts: ArraySlice<Substring>) -> Parts? {
            let parts = Array(parts)
            guard parts.count == 4, parts[0].hasPrefix("pbkdf2_"),
                let hash = Hash(rawValue: "\(parts[0].dropFirst("pbkdf2_".count))"),
                let rounds = Keyring.keyID(parts[1]), let key = Base64.decode(parts[3])
            else { return nil }
            return Parts(hash, Int(rounds), Array(parts[2].utf8), key)
        }

        private static func modular(_ parts: ArraySlice<Substring>) -> Parts? {
            let parts = Array(parts)
            guard parts.count == 4, let hash = hashes[parts[0]],
                let rounds = Keyring.keyID(parts[1]), let salt = bytes(parts[2]),
                let key = bytes(parts[3])
            else { return nil }
            return Parts(hash, Int(rounds), salt, key)
        }

        private static let hashes: [Substring: Hash] = [
            "pbkdf2": .sha1, "pbkdf2-sha256": .sha256, "pbkdf2-sha512": .sha512,
        ]

        private static func bytes(_ text: Substring) -> [UInt8]? {
            let standard = text.utf8.map { $0 == UInt8(ascii: ".") ? UInt8(ascii: "+") : $0 }
            var digits = Substring(decoding: standard, as: UTF8.self)
            while digits.utf8.last == UInt8(ascii: "=") { digits.removeLast() }
            return unpaddedBytes(digits)
        }
    }

    /// Compares the first block alone: the blocks of a longer key are computed each for itself, cost
    /// as much again, and add nothing to the 20 bytes or more of the first.
    static func verify(_ password: String, against text: String) -> Bool {
        guard let parts = Parts(text) else { return false }
        let expected = parts.key.prefix(parts.hash.byteCount)
        guard let key = key(password, parts, count: expected.count) else { return false }
        return constantTimeEquals(key, expected)
    }

    private static func key(_ password: String, _ parts: Parts, count: Int) -> [UInt8]? {
        var isDone = false
        let password = Array(password.utf8).map { CChar(bitPattern: $0) }
        let key = [UInt8](unsafeUninitializedCapacity: count) { out, written in
            isDone =
                PKCS5_PBKDF2_HMAC(
                    password, Int32(password.count), parts.salt, Int32(parts.salt.count),
                    Int32(parts.rounds), parts.hash.algorithm, Int32(count), out.baseAddress) == 1
            written = isDone ? count : 0
        }
        return isDone ? key : nil
    }
}

/// Base64 as hashes have it, without padding.
func unpaddedBytes(_ text: Substring) -> [UInt8]? {
    Base64.decode(text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4))
}
