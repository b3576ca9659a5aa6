import Coding
import Secrets
import Values

/// The `auth` section of the settings.
package struct IdentitySettings: Codable, Sendable {
    package var session = SessionSettings()
    package var password = PasswordSettings()
    package var tokens = TokenSettings()
    package var signUp = SignUpSettings()
    package var deleteUser = DeleteUserSettings()

    package init() {}
}

/// How long sessions live.
package struct SessionSettings: Codable, Sendable {
    /// From the start of a session, or from its last extension, to its end.
    package var expiresAfter: TimeSpan = "7d"
    /// A session in use is extended when it was last extended this long ago.
    package var updateAge: TimeSpan = "1d"
    /// For sessions that end with the browser's window.
    package var unrememberedExpiresAfter: TimeSpan = "1d"
    /// Within this time from sign-in a session is fresh: its user may see his sessions (Compat) and
    /// delete himself without his password. With `0s` none is.
    package var freshAge: TimeSpan = "1d"
    /// Whether the client's address is kept with the session.
    package var storesAddress = true

    package init() {}
}

/// Settings `auth.password`: the rules for new passwords and how they are hashed.
/// Passwords: which are good enough, and how they are hashed.
package struct PasswordSettings: Codable, Sendable {
    /// The rules for new passwords.
    package enum PolicyName: String, Codable, CaseIterable, Sendable {
        /// Eight characters, an upper-case letter and a number.
        case strict
        /// Eight to 128 characters.
        case betterAuth = "better-auth"

        var rules: PasswordPolicy {
            switch self {
            case .strict: .strict
            case .betterAuth: .betterAuth
            }
        }
    }

    /// `strict` asks for eight characters, an upper-case letter and a number; `better-auth` for eight
    /// to 128 characters. Old passwords stay good.
    package var policy = PolicyName.strict
    /// 2^cost rounds: 10 takes about 50 ms.
    package var bcryptCost: BcryptCost = 10
    /// How long the link of a mail is good by which a new password is chosen.
    package var resetExpiresAfter: TimeSpan = "1h"
    /// Hashes that may wait for a thread; more is answered with 503.
    package var queueMax = 100

    package init() {}
}

/// Access and refresh tokens of the JSON surfaces.
package struct TokenSettings: Codable, Sendable {
    /// How long an access token is good.
    package var accessExpiresAfter: TimeSpan = "15m"
    /// How long a refresh token is good; each use gives a new one.
    package var refreshExpiresAfter: TimeSpan = "7d"
    /// Within this time a rotated refresh token gives the same successor again.
    package var refreshGrace: TimeSpan = "30s"
    /// What new signing keys are made for.
    package var algorithm = SigningAlgorithm.edDSA

    package init() {}
}

/// Settings `auth.signUp`.
/// Who may become a user.
package struct SignUpSettings: Codable, Sendable {
    /// Whether anybody may register.
    package var isOpen = true

    package init() {}
}

/// Settings `auth.deleteUser`.
/// Users who delete themselves.
package struct DeleteUserSettings: Codable, Sendable {
    /// Whether a user may delete himself. If not, the routes are not there.
    package var isOn = true
    /// How long the row of a deleted user is kept, without his address, before it goes with all that
    /// hangs on it.
    package var keptFor: TimeSpan = "30d"

    package init() {}
}

/// The binary logarithm of bcrypt's rounds: 4 to 15. Below 10 only for tests.
package struct BcryptCost: SchemaValue, ExpressibleByIntegerLiteral, Sendable {
    package let value: Int

    package init(_ value: Int) throws(Invalid) {
        guard value >= 4 else { throw .tooSmall(min: 4) }
        guard value <= 15 else { throw .tooBig(max: 15) }
        self.value = value
    }

    /// For a default that the program writes down.
    package init(integerLiteral value: Int) {
        precondition((4...15).contains(value), "written in the program")
        self.value = value
    }

    package init(from decoder: any Decoder) throws {
        try self.init(Int(from: decoder))
    }

    package func encode(to encoder: any Encoder) throws {
        try value.encode(to: encoder)
    }

    package static var schema: Schema { .integer(in: 4...15) }
    package static var example: BcryptCost { 10 }
}

extension SigningAlgorithm: Codable {}
