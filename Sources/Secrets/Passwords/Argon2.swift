import CArgon2
import Coding
import Values

/// argon2 (RFC 9106) in the usual text form
/// `$argon2id$v=19$m=<KiB>,t=<passes>,p=<lanes>$<salt>$<key>`. New hashes are argon2id; argon2i
/// verifies, too. Lanes are computed one after the other on the thread that asks: libargon2's own
/// threads would escape the pool's bound.
package enum Argon2 {
    /// Which memory is read when: argon2i does not let the password say.
    enum Variant: String {
        case id = "argon2id"
        case i = "argon2i"
    }

    /// 1.3, and the 1.0 that argon2i had before it was a standard.
    enum Version: UInt32 {
        case v10 = 16
        case v13 = 19
    }

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
        let parts = Parts(variant: .id, version: .v13, parameters: parameters, salt: salt)
        guard let key = key(password, parts, count: 32) else { return nil }
        return "$argon2id$v=19$m=\(parameters.memoryKiB),t=\(parameters.passes),"
            + "p=\(parameters.lanes)$\(unpadded(salt))$\(unpadded(key))"
    }

    static func verify(_ password: String, against hash: String) -> Bool {
        guard let parts = Parts(hash),
            let key = key(password, parts, count: parts.key.count)
        else { return false }
        return constantTimeEquals(key, parts.key)
    }

    private static func key(_ password: String, _ parts: Parts, count: Int) -> [UInt8]? {
        let parameters = parts.parameters
        var password = Array(password.utf8)
        var salt = parts.salt
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
                    context.version = parts.version.rawValue
                    return parts.variant == .id ? argon2id_ctx(&context) : argon2i_ctx(&context)
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

extension Argon2 {
    /// A hash taken apart; nil when it is none, or costs more than the caps.
    struct Parts {
        let variant: Variant
        let version: Version
        let parameters: Parameters
        let salt: [UInt8]
        var key: [UInt8] = []

        init(variant: Variant, version: Version, parameters: Parameters, salt: [UInt8]) {
            (self.variant, self.version) = (variant, version)
            (self.parameters, self.salt) = (parameters, salt)
        }

        init?(_ hash: String) {
            var parts = hash.split(separator: "$", omittingEmptySubsequences: false)
            // Hashes of 1.0 do not name it.
            if parts.count == 5 { parts.insert("v=16", at: 2) }
            guard parts.count == 6, parts[0].isEmpty,
                let variant = Variant(rawValue: "\(parts[1])"),
                let version = Version(parts[2]),
                let parameters = Parameters(parts[3]), parameters.isAllowed,
                let salt = unpaddedBytes(parts[4]), (8...64).contains(salt.count),
                let key = unpaddedBytes(parts[5]), (16...64).contains(key.count)
            else { return nil }
            self.init(variant: variant, version: version, parameters: parameters, salt: salt)
            self.key = key
        }

        /// Whether it is as new ones are made with these parameters.
        func isCurrent(_ parameters: Parameters) -> Bool {
            variant == .id && version == .v13 && self.parameters == parameters
        }
    }
}

extension Argon2.Version {
    fileprivate init?(_ text: Substring) {
        guard text.hasPrefix("v="), let number = Keyring.keyID(text.dropFirst(2)) else {
            return nil
        }
        self.init(rawValue: number)
    }
}

extension Argon2.Parameters {
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
