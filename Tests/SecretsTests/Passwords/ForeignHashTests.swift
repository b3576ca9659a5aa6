import Secrets
import Testing
import Values

/// Hashes that other systems have made. All are of "Correct horse 1", made for these tests by
/// Django 5.2.19, passlib 1.7.4 and argon2-cffi 25.1.0; those in Keycloak's form by Python's hashlib
/// after Keycloak's documentation.
@Suite struct ForeignHashTests {
    private let hasher = PasswordHasher(algorithm: .bcrypt(cost: 4), randomness: .seeded())
    private static let password = Secret("Correct horse 1")

    private static let django = [
        "pbkdf2_sha256$1000$NaClNaClNaClNaClNaClNa$csiZn4czEgqp2K1L5ekJX+VxWXK0AdPxprxh5OK5bBU=",
        "pbkdf2_sha1$1000$NaClNaClNaClNaClNaClNa$im89k48/Usy9+8HEI86fUtAH1jY=",
    ]

    private static let passlib = [
        "$pbkdf2$1000$AAECAwQFBgcICQoLDA0ODw$Pw5aOV9X3ZwxKS9px9uPYt0qbWU",
        "$pbkdf2-sha256$1000$AAECAwQFBgcICQoLDA0ODw$f24SskkO6WRane.F218f/ZMOvUTKQMyyJSA9BQlgxy0",
        "$pbkdf2-sha512$1000$AAECAwQFBgcICQoLDA0ODw$/nyx6PPXqyn.YB/mTqTRtkqq1IDNXXUJ4tX9wEgQpAAgd4tak7h7c23NTKr7JCuJIBtdsP82KZN5xkPXx3I/Hg",
    ]

    private static let argon2 = [
        "$argon2i$v=19$m=256,t=2,p=2$c29tZXNhbHRzb21lc2FsdA$sCPJoQc5QyDO9zfAa3v+oEG8kWz+hFJsqdIBrZXwfEk",
        "$argon2i$v=16$m=256,t=2,p=2$c29tZXNhbHRzb21lc2FsdA$5/4z4eSUX9lm+0rWn/2+8UZnGXTNCLcV6VOwInKcs7A",
        "$argon2i$m=256,t=2,p=2$c29tZXNhbHRzb21lc2FsdA$5/4z4eSUX9lm+0rWn/2+8UZnGXTNCLcV6VOwInKcs7A",
        "$argon2id$v=19$m=256,t=2,p=4$c29tZXNhbHRzb21lc2FsdA$qGvE+ElQVRg//12t6Y53KBV1cX79Dqz7/AxHVyx1oNc",
    ]

    @Test(arguments: django + passlib + argon2)
    func `a hash of another system verifies and wants a new one`(hash: String) {
        #expect(PasswordFormat.kept(hash) == hash)
        #expect(hasher.verify(Self.password, against: hash) == .matchNeedsRehash)
        #expect(hasher.verify(Secret("Correct horse 2"), against: hash) == .mismatch)
        #expect(hasher.verify(Secret(""), against: hash) == .mismatch)
    }

    @Test func `a password is hashed as UTF-8`() {
        let hash =
            "pbkdf2_sha256$720$NaClNaClNaClNaClNaClNa$8nfHtriek6iRmgSYGX36b7K8FCNnCtgN5utrSOEtFOY="
        #expect(hasher.verify(Secret("Pässwörd \u{1F600} 1"), against: hash) == .matchNeedsRehash)
    }

    @Test func `argon2i is not what argon2id wants now`() {
        let parameters = Argon2.Parameters(memoryKiB: 256, passes: 2, lanes: 2)
        let other = PasswordHasher(algorithm: .argon2id(parameters), randomness: .seeded())
        #expect(other.verify(Self.password, against: Self.argon2[0]) == .matchNeedsRehash)
    }

    // MARK: Keycloak

    private static let keycloak = [
        #"{"credentialData": "{\"hashIterations\": 2750, \"algorithm\": \"pbkdf2-sha256\", \"additionalParameters\": {}}", "secretData": "{\"value\": \"CK+cnQz/1oDMRu/UJVCKRq/sFLrtATa96A2HofjTHaLm0qUO1+CxM6NhNgnnuf5w7ou8SSIpm0EatIuAcm2w5Q==\", \"salt\": \"EBESExQVFhcYGRobHB0eHw==\", \"additionalParameters\": {}}"}"#,
        #"{"credentialData": {"hashIterations": 2100, "algorithm": "pbkdf2-sha512"}, "secretData": {"value": "NqOBDnoVklgdedLPQxkkeae0RkQfGdaTuxL2Wyk6WiAxZDrRGJcPZ3IBIw1jgQV0JIm0OMCUKWHM0IyXDD05xw==", "salt": "EBESExQVFhcYGRobHB0eHw=="}}"#,
        #"{"credentialData": {"hashIterations": 2000, "algorithm": "pbkdf2"}, "secretData": {"value": "yONTlHpQ4FbjRRspCz7JOLwLBgjPkH25W9Jb5MceDxF2fNT4pKmvv+pk9MZGJk7tJ5Nfg9KGxsuktiRmTR6Z0g==", "salt": "EBESExQVFhcYGRobHB0eHw=="}}"#,
        #"{"credentialData": {"hashIterations": 5, "algorithm": "argon2", "additionalParameters": {"hashLength": ["32"], "memory": ["7168"], "type": ["id"], "version": ["1.3"], "parallelism": ["1"]}}, "secretData": {"value": "IMJ+4OOppR3WVlHC56SXaouYO8PIy1BfBajq17hFZFY=", "salt": "AAECAwQFBgcICQoLDA0ODw=="}}"#,
    ]

    @Test(arguments: keycloak)
    func `Keycloak's JSON becomes a hash that verifies`(json: String) throws {
        let hash = try #require(PasswordFormat.kept(json))
        #expect(hasher.verify(Self.password, against: hash) == .matchNeedsRehash)
        #expect(hasher.verify(Secret("Correct horse 2"), against: hash) == .mismatch)
    }

    @Test(arguments: [
        "{", "{}", #"{"credentialData": "{", "secretData": "{}"}"#,
        #"{"credentialData": {"hashIterations": 2000, "algorithm": "md5"}, "secretData": {"value": "yONTlHpQ4FbjRRspCz7JOA==", "salt": "EBES"}}"#,
        #"{"credentialData": {"hashIterations": 999999999, "algorithm": "pbkdf2"}, "secretData": {"value": "yONTlHpQ4FbjRRspCz7JOA==", "salt": "EBES"}}"#,
        #"{"credentialData": {"hashIterations": "2000", "algorithm": "pbkdf2"}, "secretData": {"value": "yONTlHpQ4FbjRRspCz7JOA==", "salt": "EBES"}}"#,
    ])
    func `JSON that is no credential of Keycloak is no hash`(json: String) {
        #expect(PasswordFormat.kept(json) == nil)
    }

    @Test func `the words that Django puts before other hashes are taken away`() {
        #expect(PasswordFormat.kept("argon2" + Self.argon2[3]) == Self.argon2[3])
        let bcrypt = "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"
        #expect(PasswordFormat.kept("bcrypt$" + bcrypt) == bcrypt)
        #expect(PasswordFormat.kept(bcrypt) == bcrypt)
        for text in ["", "md5$salt$hash", "!unusable", "bcrypt_sha256$" + bcrypt] {
            #expect(PasswordFormat.kept(text) == nil)
        }
    }

    // MARK: Attacks

    /// None of these may be run: each would take minutes, or memory without end.
    @Test(arguments: [
        "pbkdf2_sha256$2000001$salt$csiZn4czEgqp2K1L5ekJX+VxWXK0AdPxprxh5OK5bBU=",
        "pbkdf2_sha256$4294967295$salt$csiZn4czEgqp2K1L5ekJX+VxWXK0AdPxprxh5OK5bBU=",
        "pbkdf2_sha256$99999999999999999999$salt$csiZn4czEgqp2K1L5ekJX+VxWXK0AdPxprxh5OK5bBU=",
        "pbkdf2_sha256$0$salt$csiZn4czEgqp2K1L5ekJX+VxWXK0AdPxprxh5OK5bBU=",
        "pbkdf2_sha256$-1$salt$csiZn4czEgqp2K1L5ekJX+VxWXK0AdPxprxh5OK5bBU=",
        "pbkdf2_sha256$1000$$csiZn4czEgqp2K1L5ekJX+VxWXK0AdPxprxh5OK5bBU=",
        "pbkdf2_sha256$1000$salt$AAAA", "pbkdf2_sha256$1000$salt$", "pbkdf2_md5$1000$salt$AAAA",
        "$pbkdf2-sha256$1000$AAECAwQFBgcICQoLDA0ODw$", "$pbkdf2-sha256$1000$$AAAA",
        "$pbkdf2-md5$1000$AAECAwQFBgcICQoLDA0ODw$Pw5aOV9X3ZwxKS9px9uPYt0qbWU",
        "$argon2i$v=19$m=4194304,t=2,p=2$c29tZXNhbHRzb21lc2FsdA$sCPJoQc5QyDO9zfAa3v+oEG8kWz+hFJsqdIBrZXwfEk",
        "$argon2i$m=4194304,t=2,p=2$c29tZXNhbHRzb21lc2FsdA$sCPJoQc5QyDO9zfAa3v+oEG8kWz+hFJsqdIBrZXwfEk",
        "$argon2i$v=19$m=256,t=4294967295,p=2$c29tZXNhbHRzb21lc2FsdA$sCPJoQc5QyDO9zfAa3v+oEG8kWz+hFJsqdIBrZXwfEk",
        "$argon2i$v=19$m=256,t=2,p=4294967295$c29tZXNhbHRzb21lc2FsdA$sCPJoQc5QyDO9zfAa3v+oEG8kWz+hFJsqdIBrZXwfEk",
        "$argon2i$v=20$m=256,t=2,p=2$c29tZXNhbHRzb21lc2FsdA$sCPJoQc5QyDO9zfAa3v+oEG8kWz+hFJsqdIBrZXwfEk",
        "$argon2d$v=19$m=256,t=2,p=4$c29tZXNhbHRzb21lc2FsdA$pqVygp+83UEx7EsPFvOkTYlWjJVM2+a16lKu1ba2mGk",
    ])
    func `hashes beyond the caps are of no format`(hash: String) {
        #expect(PasswordFormat(of: hash) == nil)
        #expect(PasswordFormat.kept(hash) == nil)
        #expect(hasher.verify(Self.password, against: hash) == .mismatch)
    }

    @Test func `a hash of any length is refused before it is read`() {
        let long = "pbkdf2_sha256$1000$" + String(repeating: "s", count: 10_000_000) + "$AAAA"
        #expect(PasswordFormat(of: long) == nil)
        let json = "{" + String(repeating: "[", count: 10_000_000)
        #expect(PasswordFormat.kept(json) == nil)
    }

    @Test func `no cut or changed hash traps`() {
        for hash in (Self.django + Self.passlib + Self.argon2).map({ Array($0.utf8) }) {
            for count in hash.indices {
                let cut = String(decoding: hash.prefix(count), as: UTF8.self)
                // What is cut by its last characters may be a whole hash of a shorter key.
                if let format = PasswordFormat(of: cut) { #expect("\(format)" != "") }
                var changed = hash
                changed[count] ^= 0x80
                let text = String(decoding: changed, as: UTF8.self)
                #expect(hasher.verify(Self.password, against: text) == .mismatch)
            }
        }
    }
}
