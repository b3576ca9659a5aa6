import Identity
import Logs
import SQL
import Secrets
import Values

extension Command {
    // S3-21
    static let seed = Command(
        name: "seed", summary: "Make the user test@example.com, with a password that is printed.",
        options: [
            CommandOption(
                name: "--password", value: "TEXT", help: "Use this password instead of a new one.")
        ] + SettingsOptions.all
    ) { invocation in
        try await invocation.onServer { server in
            let seed = Seed(identity: server.program.identity, ambient: server.parts.ambient)
            invocation.environment.write(try await seed.run(password: invocation["--password"]))
        }
    }
}

/// The user that examples sign in with (S3-21).
struct Seed {
    static let name = "Test User"

    let identity: Identity
    let ambient: Ambient

    /// Says what it did. Run again, it changes nothing.
    func run(password given: String?) async throws -> String {
        let email = try EmailAddress("test@example.com")
        guard try await identity.database.first(User.findByEmail, email) == nil else {
            return "\(email) is there already; nothing was changed."
        }
        let text = given ?? madePassword
        let user = User(
            id: ID(at: ambient.clock.now, from: ambient.randomness), email: email,
            name: Self.name, image: nil, createdAt: ambient.clock.now)
        let hash = try await identity.passwords.hash(try checked(text))
        try await identity.database.execute(
            User.insert, user.id, user.email, user.name, user.image, hash, user.createdAt)
        return "Made \(Self.name), \(email), with the password \(text)"
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
}
