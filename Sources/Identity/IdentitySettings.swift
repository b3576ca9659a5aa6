import Coding
import Secrets
import Values

/// The `auth` section of the settings.
package struct IdentitySettings: Codable, Sendable {
    package var session = SessionSettings()
    package var user = UserSettings()
    package var password = PasswordSettings()
    package var tokens = TokenSettings()
    package var signUp = SignUpSettings()
    package var audit = AuditSettings()
    package var verification = VerificationSettings()
    package var changeEmail = ChangeEmailSettings()
    package var deleteUser = DeleteUserSettings()
    package var apiKeys = APIKeySettings()
    package var organizations = OrganizationSettings()
    package var oauth = OAuthSettings()
    package var linking = LinkingSettings()

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
    /// Fields that sessions have beside those of the program, as `auth.user.fields` has them.
    package var fields: [FieldDeclaration] = []

    package init() {}
}

/// What users have beside what the program gives them.
package struct UserSettings: Codable, Sendable {
    /// Fields that users have beside those of the program, each `{name, type, default, input, returned,
    /// required}`, where `type` is `text`, `number`, `integer`, `boolean` or `instant`. One with
    /// `input: false` cannot be set by clients, one with `returned: false` is not shown to them, and
    /// nobody signs up without one that is `required`.
    package var fields: [FieldDeclaration] = []

    package init() {}
}

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

    /// How passwords can be hashed.
    package enum AlgorithmName: String, Codable, CaseIterable, Sendable {
        case bcrypt, argon2id
    }

    /// Whether users sign up and in by password. If not, those routes refuse everybody.
    package var isOn = true
    /// `strict` asks for eight characters, an upper-case letter and a number; `better-auth` for eight
    /// to 128 characters. Old passwords stay good.
    package var policy = PolicyName.strict
    /// Characters that a new password has at least, in place of the eight of either policy.
    package var minimumLength: Bounded<LengthBounds> = 8
    /// How new hashes are made. Hashes of every known kind verify; at the next sign-in one of another
    /// kind is replaced.
    package var algorithm = AlgorithmName.bcrypt
    /// 2^cost rounds: 10 takes about 50 ms.
    package var bcryptCost: BcryptCost = 10
    package var argon2 = Argon2Settings()
    /// How long the link of a mail is good by which a new password is chosen.
    package var resetExpiresAfter: TimeSpan = "1h"
    /// Whether all sessions of a user end when he chooses a new password by mail.
    package var resetEndsSessions = true
    /// Hashes that may wait for a thread; more is answered with 503.
    package var queueMax = 100

    package init() {}
}

/// One to 128 characters.
package enum LengthBounds: Bounds { package static let range = 1...128 }

extension PasswordSettings {
    package var rules: PasswordPolicy {
        var rules = policy.rules
        rules.minimumLength = minimumLength.value
        return rules
    }
}

/// What a hash costs where `auth.password.algorithm` is `argon2id`. Each hash that is being made or
/// checked, one a core, takes that memory.
package struct Argon2Settings: Codable, Sendable {
    /// 19 MiB unless said otherwise, as OWASP advises.
    package var memoryKibibytes: Bounded<MemoryBounds> = 19_456
    /// How often the memory is gone through.
    package var passes: Bounded<PassesBounds> = 2
    /// Computed one after the other.
    package var lanes: Bounded<LanesBounds> = 1

    package init() {}

    // Any of these together are within what would be verified.

    /// 64 KiB to 128 MiB.
    package enum MemoryBounds: Bounds { package static let range = 64...131_072 }
    /// One to four times.
    package enum PassesBounds: Bounds { package static let range = 1...4 }
    /// One to eight.
    package enum LanesBounds: Bounds { package static let range = 1...8 }
}

extension PasswordSettings {
    var hashing: PasswordHasher.Algorithm {
        switch algorithm {
        case .bcrypt: .bcrypt(cost: bcryptCost.value)
        case .argon2id:
            .argon2id(
                Argon2.Parameters(
                    memoryKiB: UInt32(argon2.memoryKibibytes.value),
                    passes: UInt32(argon2.passes.value), lanes: UInt32(argon2.lanes.value)))
        }
    }
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

/// Who may become a user.
package struct SignUpSettings: Codable, Sendable {
    /// Whether anybody may register.
    package var isOpen = true
    /// Whether who registers is signed in with it. If not, the answer has no session or tokens, and does
    /// not tell whether somebody has the address, whose owner gets a mail that says so.
    package var startsSession = true

    package init() {}
}

/// The log of what was done to accounts: `atrium audit list`.
package struct AuditSettings: Codable, Sendable {
    /// How long entries are kept; for ever if nothing is set. What is left can be verified as before.
    package var keptFor: TimeSpan?

    /// A hundred years: what is longer is the same.
    static let longest: Duration = .days(36_500)

    package init() {}
}

/// Whether users show that mail to their address reaches them ([verification.md](verification.md)).
package struct VerificationSettings: Codable, Sendable {
    /// Whether a user who registers gets a mail to confirm his address by.
    package var sendOnSignUp = true
    /// Whether nobody signs in with a password before he has. Registering then starts no session, and
    /// its answer does not tell whether somebody has the address. The mail is sent in any case.
    package var required = false
    /// How long links and codes of mails are good, but for those that choose a new password.
    package var expiresAfter: TimeSpan = "1d"
    /// Whether confirming the address signs its user in.
    package var signInAfterVerification = false

    package init() {}
}

/// Users who change their address.
package struct ChangeEmailSettings: Codable, Sendable {
    /// Whether they may. If not, the routes are not there; Compat's says so.
    package var isOn = true

    package init() {}
}

/// Users who delete themselves.
package struct DeleteUserSettings: Codable, Sendable {
    /// Whether a user may delete himself. If not, the routes are not there.
    package var isOn = true
    /// Whether he must confirm it by a mail. Without it his password, or a fresh session, is enough.
    package var confirmsByMail = false
    /// How long the row of a deleted user is kept, without his address, before it goes with all that
    /// hangs on it.
    package var keptFor: TimeSpan = "30d"

    package init() {}
}

/// Keys that programs call with.
package struct APIKeySettings: Codable, Sendable {
    /// Keys that a user, or an organization, may have.
    package var keysMax = 50
    /// How long a key's old secret is still good after it was rotated.
    package var rotationGrace: TimeSpan = "1h"

    package init() {}
}

/// Organizations: how many, how large, and how long invitations to them are good.
package struct OrganizationSettings: Codable, Sendable {
    /// Organizations that one user may own.
    package var ownedMax = 20
    /// Members that an organization may have, pending invitations included.
    package var membersMax = 500
    /// From an invitation to its end.
    package var invitationExpiresAfter: TimeSpan = "7d"

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

/// The numbers that a setting may have.
package protocol Bounds: Sendable {
    static var range: ClosedRange<Int> { get }
}

/// A number within bounds.
package struct Bounded<Limits: Bounds>: SchemaValue, ExpressibleByIntegerLiteral, Sendable {
    package let value: Int

    package init(_ value: Int) throws(Invalid) {
        guard value >= Limits.range.lowerBound else {
            throw .tooSmall(min: Double(Limits.range.lowerBound))
        }
        guard value <= Limits.range.upperBound else {
            throw .tooBig(max: Double(Limits.range.upperBound))
        }
        self.value = value
    }

    /// For a default that the program writes down.
    package init(integerLiteral value: Int) {
        precondition(Limits.range.contains(value), "written in the program")
        self.value = value
    }

    package init(from decoder: any Decoder) throws {
        try self.init(Int(from: decoder))
    }

    package func encode(to encoder: any Encoder) throws {
        try value.encode(to: encoder)
    }

    package static var schema: Schema {
        .integer(in: Int64(Limits.range.lowerBound)...Int64(Limits.range.upperBound))
    }
    package static var example: Self { Self(integerLiteral: Limits.range.lowerBound) }
}

extension SigningAlgorithm: Codable {}
