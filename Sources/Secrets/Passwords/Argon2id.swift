import CArgon2
import Coding
import Values

/// argon2id, version 1.3 (RFC 9106), in the usual text form
/// `$argon2id$v=19$m=<KiB>,t=<passes>,p=<lanes>$<salt>$<key>`. Lanes are computed one after the other
/// on the thread that asks: libargon2's own threads would escape the pool's bound.
package enum Argon2id {
    /// What a hash costs. Beyond the caps of `isAllowed` it is neither made nor verified.
    package struct Parameters: Hashable, Sendable {
        package var memoryKiB: UInt32
        package var passes: UInt32
        package var lanes: UInt32

        /// OWASP's choice for a server: 19 MiB, two passes, one lane.
        package static let standard = Parameters(memoryKiB: 19_456, passes: 2, lanes: 1)

        package init(memoryKiB: UInt32, passes: UInt32, lanes: UInt32) {
            (self.memoryKiB, self.passes, self.lanes) = (memoryKiB, passes, lanes)
        }

        /// Caps against hashes that were made to hurt: 128 MiB, and no more work than 512 MiB once.
        var isAllowed: Bool {
            (1...8).contains(lanes) && (8 * lanes...131_072).contains(memoryKiB)
                && (1...64).contains(passes) && memoryKiB * passes <= 524_288
        }
    }

    static func hash(
        _ password: String, _ parameters: Parameters, _ randomness: Randomness
    ) -> String? {
        let salt = randomness.bytes(16)
        guard let key = key(password, salt, parameters, count: 32) else { return nil }
        return "$argon2id$v=19$m=\(parameters.memoryKiB),t=\(parameters.passes),"
            + "p=\(parameters.lanes)$\(unpadded(salt))$\(unpadded(key))"
    }

    static func verify(_ password: String, against hash: String) -> Bool {
        guard let parts = Parts(hash),
            let key = key(password, parts.salt, parts.parameters, count: parts.key.count)
        else { return false }
        return constantTimeEquals(key, parts.key)
    }

    private static func key(
        _ password: String, _ salt: [UInt8], _ parameters: Parameters, count: Int
    ) -> [UInt8]? {
        var password = Array(password.utf8)
        var salt = salt
        var key = [UInt8](repeating: 0, count: count)
        let result = password.withUnsafeMutableBufferPointer { password in
            salt.withUnsafeMutableBufferPointer { salt in
                key.withUnsafeMutableBufferPointer { key in
                    var context = Argon2_Context()
                    (context.out, context.outlen) = (key.baseAddress, UInt32(key.count))
                    (context.pwd, context.pwdlen) = (password.baseAddress, UInt32(password.count))
                    (context.salt, context.saltlen) = (salt.baseAddress, UInt32(salt.count))
                    (context.m_cost, context.t_cost) = (parameters.memoryKiB, parameters.passes)
                    (context.lanes, context.threads) = (parameters.lanes, 1)
                    context.version = UInt32(ARGON2_VERSION_13.rawValue)
                    return argon2id_ctx(&context)
                }
            }
        }
        return result == ARGON2_OK.rawValue ? key : nil
    }

    private static func unpadded(_ bytes: [UInt8]) -> String {
        var text = Base64.encode(bytes)
        while text.utf8.last == UInt8(ascii: "=") { text.removeLast() }
        return text
    }
}

extension Argon2id {
    /// A hash taken apart; nil when it is none, or costs more than the caps.
    struct Parts {
        let parameters: Parameters
        let salt: [UInt8]
        let key: [UInt8]

        init?(_ hash: String) {
            let parts = hash.split(separator: "$", omittingEmptySubsequences: false)
            guard parts.count == 6, parts[0].isEmpty, parts[1] == "argon2id", parts[2] == "v=19",
                let parameters = Parameters(parts[3]), parameters.isAllowed,
                let salt = Self.bytes(parts[4]), (8...64).contains(salt.count),
                let key = Self.bytes(parts[5]), (16...64).contains(key.count)
            else { return nil }
            (self.parameters, self.salt, self.key) = (parameters, salt, key)
        }

        private static func bytes(_ text: Substring) -> [UInt8]? {
            let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
            return Base64.decode(text + padding)
        }
    }
}

extension Argon2id.Parameters {
    /// `m=19456,t=2,p=1`, in this order.
    init?(_ text: Substring) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == 3, let memory = Self.number(parts[0], after: "m="),
            let passes = Self.number(parts[1], after: "t="),
            let lanes = Self.number(parts[2], after: "p=")
        else { return nil }
        self.init(memoryKiB: memory, passes: passes, lanes: lanes)
    }

    private static func number(_ text: Substring, after name: String) -> UInt32? {
        guard text.hasPrefix(name) else { return nil }
        return Keyring.keyID(text.dropFirst(name.count))
    }
}
