import COpenSSL

/// The hashes that better-auth makes: `<salt>:<key>` in hexadecimal, scrypt (RFC 7914) with N = 16384,
/// r = 16, p = 1. The salt is the hexadecimal text itself, and the password is brought to Unicode's
/// normal form KC first.
enum BetterAuthScrypt {
    private static let keyCount = 64

    /// A hash taken apart; nil when it is none.
    struct Parts {
        let salt: Substring
        let key: [UInt8]

        init?(_ hash: String) {
            let parts = hash.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0].utf8.count == 32,
                parts[1].utf8.count == 2 * BetterAuthScrypt.keyCount,
                hexadecimalBytes(parts[0]) != nil, let key = hexadecimalBytes(parts[1])
            else { return nil }
            (salt, self.key) = (parts[0], key)
        }
    }

    static func verify(_ password: String, against hash: String) -> Bool {
        guard let parts = Parts(hash), let key = key(password, salt: parts.salt) else {
            return false
        }
        return constantTimeEquals(key, parts.key)
    }

    /// Works in 32 MiB. Nil when they are not to be had.
    private static func key(_ password: String, salt: Substring) -> [UInt8]? {
        var isDone = false
        let password = CompatibilityForm.composed(password)
        let key = [UInt8](unsafeUninitializedCapacity: keyCount) { out, count in
            isDone = password.withContiguousBytes { password in
                salt.withContiguousBytes { salt in
                    EVP_PBE_scrypt(
                        password.baseAddress, password.count, salt.baseAddress, salt.count,
                        16384, 16, 1, 64 << 20, out.baseAddress, keyCount) == 1
                }
            }
            count = isDone ? keyCount : 0
        }
        return isDone ? key : nil
    }
}

/// Nil unless all are digits in pairs.
private func hexadecimalBytes(_ text: Substring) -> [UInt8]? {
    var bytes: [UInt8] = []
    var high: UInt8?
    for byte in text.utf8 {
        let digit: UInt8
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
        default: return nil
        }
        if let first = high {
            bytes.append(first << 4 | digit)
            high = nil
        } else {
            high = digit
        }
    }
    return high == nil ? bytes : nil
}
