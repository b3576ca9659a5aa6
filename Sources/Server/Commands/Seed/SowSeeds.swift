import Identity
import Organizations
import Resources
import SQL
import Secrets
import Surfaces
import Values

/// Makes what seeds name and is not there. Run again, it changes nothing.
struct SowSeeds {
    let server: Server
    let seeds: Seeds
    /// Of all users that are made.
    let password: String?
    /// Whether users may have a password that is known beforehand or printed.
    let makesPasswords: Bool
    private(set) var done: [Sown] = []

    private var users: [EmailAddress: ID<User>] = [:]
    private var organizations: [String: ID<Organization>] = [:]

    init(server: Server, seeds: Seeds, password: String?, makesPasswords: Bool) {
        (self.server, self.seeds) = (server, seeds)
        (self.password, self.makesPasswords) = (password, makesPasswords)
    }

    private var ambient: Ambient { server.parts.ambient }
    private var identity: Identity { server.program.identity }

    mutating func run() async throws {
        try await checkTables()
        for user in seeds.users { try await sow(user) }
        for organization in seeds.organizations { try await sow(organization) }
        let sowRow = SowRow(server.program.rows)
        for row in seeds.rows { try await sow(row, sowRow) }
    }

    private func checkTables() async throws {
        if seeds.rows.isEmpty { return }
        let update = server.program.resources.update
        let names = try await update.compare(with: server.database).diff.names
        guard names.isEmpty else {
            throw StartFailure(
                "The tables are not what the resources declare (\(names.joined(separator: ", "))): "
                    + "start the server once, or run `atrium resources apply`.")
        }
    }

    // MARK: Users and organizations

    private mutating func sow(_ seed: SeedUser) async throws {
        if let found = try await server.database.first(User.findByEmail, seed.email) {
            users[seed.email] = found.user.id
            return done.append(.isThere(seed.email.text))
        }
        let now = ambient.clock.now
        let text = password ?? (makesPasswords ? seed.password?.exposed ?? madePassword : nil)
        let user = User(
            id: ID(at: now, from: ambient.randomness), email: seed.email, name: seed.name,
            image: nil, createdAt: now)
        let hash = try await hash(text)
        try await server.database.execute(
            User.insert, user.id, user.email, user.name, user.image, hash, now)
        users[seed.email] = user.id
        let who = [seed.name, seed.email.text].compactMap(\.self).joined(separator: ", ")
        done.append(.made(seed.email.text, "Made \(who), \(Self.words(of: text))"))
    }

    private func hash(_ password: String?) async throws -> String? {
        guard let password else { return nil }
        return try await identity.passwords.hash(try checked(password))
    }

    private static func words(of password: String?) -> String {
        password.map { "with the password \($0)" }
            ?? "without a password: one is set by way of \"forgot password\""
    }

    /// Has the upper-case letter and the number that the strict rules ask for.
    private var madePassword: String {
        "Test1-" + RandomToken.make(12, of: .legible, from: ambient.randomness)
    }

    private func checked(_ text: String) throws -> NewPassword {
        do {
            return try NewPassword(Secret(text), identity.passwordPolicy)
        } catch {
            throw UsageMistake("the password \(SettingsWords.of(error))")
        }
    }

    private mutating func sow(_ seed: SeedOrganization) async throws {
        if let found = try await server.database.first(Organization.findBySlug, seed.slug) {
            organizations[seed.slug] = found.id
            return done.append(.isThere(seed.slug))
        }
        guard let owner = users[seed.owner] else { return }
        let made = try await Organizations(identity).create(
            name: seed.name, slug: seed.slug, by: Doer(operatorAs: owner, at: ambient.clock.now))
        organizations[seed.slug] = made.id
        done.append(.made(seed.slug, "Made \(seed.name), \(seed.slug)"))
    }

    // MARK: Rows

    private mutating func sow(_ seed: SeedRow, _ sowRow: SowRow) async throws {
        let (user, organization) = owners(of: seed)
        do {
            let outcome = try await sowRow(
                seed, of: user, in: organization, at: ambient.clock.now)
            switch outcome {
            case .made: done.append(.made(seed.title, "Made \(seed.title), \(seed.id)"))
            case .isThere: done.append(.isThere(seed.title))
            case .lacks(let field):
                let line = "\(seed.title) was left out: its \(field) is not there any more."
                done.append(Sown(isMade: false, title: seed.title, line: line))
            }
        } catch let error as DatabaseError {
            guard case .uniqueViolation(let name) = error.code else { throw error }
            throw StartFailure(
                "\(seed.title) has a value that must be unique and another row has (\(name)).")
        }
    }

    private func owners(of seed: SeedRow) -> (ID<User>?, ID<Organization>?) {
        switch seed.owner {
        case .nobody: return (nil, nil)
        case .user(let email): return (users[email], nil)
        case .organization(let slug):
            let owner = seeds.organizations.first { $0.slug == slug }?.owner
            return (owner.flatMap { users[$0] }, organizations[slug])
        }
    }
}

extension Seeds {
    /// What is sown where no declarations bring seeds.
    static var testUser: Seeds {
        get throws {
            var seeds = Seeds()
            seeds.users = [
                SeedUser(email: try EmailAddress("test@example.com"), name: "Test User")
            ]
            return seeds
        }
    }
}
