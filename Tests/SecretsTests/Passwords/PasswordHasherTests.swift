import Secrets
import Testing
import Values

@Suite struct PasswordHasherTests {
    private let hasher = PasswordHasher(algorithm: .bcrypt(cost: 4), randomness: .seeded())
    private static let long = String(repeating: "0123456789abcdef", count: 6)

    private func verdict(_ password: String, _ hash: String?) -> PasswordVerdict {
        hasher.verify(Secret(password), against: hash)
    }

    // C12
    @Test func `the default is bcrypt at cost 10`() throws {
        let hash = try PasswordHasher(randomness: .system).hash(Secret("Passw0rd"))
        #expect(hash.hasPrefix("$2b$10$"))
        #expect(hash.utf8.count == 60)
    }

    @Test(arguments: [
        "Passw0rd", "", " ", "Pässwörd 1", String(repeating: "x", count: 71),
        String(repeating: "x", count: 73), long, "nul\u{0}inside", "\u{0}",
        String(repeating: "é", count: 5000),
    ])
    func `a password matches its own hash and no other's`(password: String) throws {
        let hash = try hasher.hash(Secret(password))
        #expect(verdict(password, hash) == .match)
        #expect(verdict(password + "x", hash) == .mismatch)
        #expect(
            verdict(String(password.dropLast()) + "\u{0}", hash) == .mismatch || password == "\u{0}"
        )
        #expect(try hasher.hash(Secret(password)) != hash)
    }

    // C12
    @Test func `what bcrypt would cut short is hashed before, and the prefix says so`() throws {
        let hash = try hasher.hash(Secret(Self.long))
        #expect(hash.hasPrefix("$sha256-bcrypt$$2b$04$"))
        #expect(verdict(Self.long.dropLast() + "X", hash) == .mismatch)
        #expect(try hasher.hash(Secret("a\u{0}b")).hasPrefix("$sha256-bcrypt$"))
    }

    @Test func `a NUL does not end a password`() throws {
        #expect(verdict("abc\u{0}def", try hasher.hash(Secret("abc"))) == .mismatch)
        #expect(verdict("abc", try hasher.hash(Secret("abc\u{0}def"))) == .mismatch)
        #expect(verdict("\u{0}", try hasher.hash(Secret(""))) == .mismatch)
    }

    /// Hashes that others published: Openwall's of bcrypt, libargon2's of argon2id; those of scrypt
    /// were computed with another program.
    @Test(arguments: [
        ("U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"),
        ("U*U*", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK"),
        ("U*U", "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"),
        ("U*U", "$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"),
        (
            "password",
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
        ),
        (
            "Correct horse 1",
            "0123456789abcdef0123456789abcdef:bb46efbbad2df1bdfe92b8d3868f12ad90364b4e7ee75ceff3bf8bb1a87de88865db54a8c276ba68a212423d7e10df77bf95014e3db3f93ce3eac6be1a06849e"
        ),
        (
            "\u{FB01}ne \u{1E9B}\u{0323} 1A",
            "0123456789abcdef0123456789abcdef:d6651acb10065d6d76ca28fad0d683e96183132e3961b053f0de715e79564cf87a332ded06df8669de0522926d7348787c73fb2a032b815113d0c15f58a03b24"
        ),
    ])
    func `every known format verifies and wants a new hash`(password: String, hash: String) {
        #expect(verdict(password, hash) == .matchNeedsRehash)
        #expect(verdict(password + " ", hash) == .mismatch)
    }

    /// A new hash of what may be wrong beyond the 72nd byte would lock its user out.
    @Test func `a hash that others made of a long password matches and is kept`() throws {
        let cut = try hasher.hash(Secret(String(Self.long.prefix(72))))
        #expect(cut.hasPrefix("$2b$"))
        #expect(verdict(Self.long, cut) == .match)
        #expect(verdict(String(Self.long.prefix(71)), cut) == .mismatch)
        let dearer = PasswordHasher(algorithm: .bcrypt(cost: 5), randomness: .seeded())
        #expect(dearer.verify(Secret(Self.long), against: cut) == .match)
    }

    @Test func `another cost or algorithm wants a new hash`() throws {
        let parameters = Argon2.Parameters(memoryKiB: 64, passes: 1, lanes: 2)
        let other = PasswordHasher(algorithm: .argon2id(parameters), randomness: .seeded())
        let hash = try other.hash(Secret("Passw0rd"))
        #expect(hash.hasPrefix("$argon2id$v=19$m=64,t=1,p=2$"))
        #expect(other.verify(Secret("Passw0rd"), against: hash) == .match)
        #expect(other.verify(Secret("Passw0rd\u{0}"), against: hash) == .mismatch)
        #expect(verdict("Passw0rd", hash) == .matchNeedsRehash)
        let bcrypt = try hasher.hash(Secret("Passw0rd"))
        #expect(other.verify(Secret("Passw0rd"), against: bcrypt) == .matchNeedsRehash)
        let dearer = PasswordHasher(algorithm: .bcrypt(cost: 5), randomness: .seeded())
        #expect(dearer.verify(Secret("Passw0rd"), against: bcrypt) == .matchNeedsRehash)
    }

    @Test func `no hash and hashes of no format match nothing`() {
        #expect(verdict("Passw0rd", nil) == .mismatch)
        for hash in ["", "Passw0rd", "$", "$2b$", "$1$abc$def", ":", "plain:text"] {
            #expect(verdict("Passw0rd", hash) == .mismatch)
        }
    }

    /// None of these may be run: each would take a minute or a gigabyte.
    @Test(arguments: [
        "$2b$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "$2b$16$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "$sha256-bcrypt$$2b$20$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "$argon2id$v=19$m=4194304,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=65536,t=4294967295,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=131072,t=64,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=65536,t=2,p=4294967295$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=99999999999999999999,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
    ])
    func `hashes beyond the caps are of no format`(hash: String) {
        #expect(PasswordFormat(of: hash) == nil)
    }

    @Test(arguments: [
        "$2x$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "$2b$5$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeWx",
        "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOe",
        "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOe*",
        "$2b$03$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "$argon2d$v=19$m=64,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=64,t=1,p=1$$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$t=1,m=64,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "0123456789abcdef0123456789abcdeg:00",
    ])
    func `hashes that are not quite of a format are of none`(hash: String) {
        #expect(PasswordFormat(of: hash) == nil)
    }

    @Test func `no cut or changed hash traps`() throws {
        let hashes = [
            try hasher.hash(Secret("x")), try hasher.hash(Secret(Self.long)),
            "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        ]
        for hash in hashes.map({ Array($0.utf8) }) {
            for count in hash.indices {
                let cut = String(decoding: hash.prefix(count), as: UTF8.self)
                #expect(
                    PasswordFormat(of: cut).map { _ in verdict("x", cut) } ?? .mismatch == .mismatch
                )
                var changed = hash
                changed[count] ^= 0x80
                #expect(PasswordFormat(of: String(decoding: changed, as: UTF8.self)) == nil)
            }
        }
    }
}
