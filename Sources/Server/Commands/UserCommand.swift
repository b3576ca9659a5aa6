import API
import Coding
import Identity
import Secrets
import Values

extension Command {
    static let user = Command(
        name: "user", summary: "Create, list, show, ban and delete users.",
        choices: ["create", "list", "show", "role", "set", "ban", "unban", "delete"],
        operands: [
            "create": "EMAIL", "show": "USER", "role": "USER", "set": "USER", "ban": "USER",
            "unban": "USER",
            "delete": "USER",
        ],
        options: [
            CommandOption(name: "--name", value: "TEXT", help: "create: the user's name."),
            CommandOption(
                name: "--role", value: "ROLE",
                help: "create, role: a role, such as admin; role: none takes it away."),
            CommandOption(
                name: "--password-stdin",
                help: "create: read the password from the first line of the input; "
                    + "otherwise one is made and printed."),
            CommandOption(
                name: "--field", value: "NAME=VALUE",
                help: "set: a field of auth.user.fields; without a value it is emptied."),
            CommandOption(name: "--reason", value: "TEXT", help: "ban: why."),
            CommandOption(name: "--for", value: "TIME", help: "ban: for a time such as 7d."),
            CommandOption(
                name: "--after", value: "ID", help: "list: those who came after this one."),
            CommandOption(name: "--limit", value: "COUNT", help: "list: how many. Default 100."),
            CommandOption(name: "--yes", help: "delete: without asking."),
            CommandOption(
                name: "--hand-over",
                help:
                    "delete: organizations that only he owns go to the admin, or else the member, "
                    + "who has been in them longest."),
            CommandOption(name: "--json", help: "As JSON, for programs."),
        ] + SettingsOptions.all
    ) { invocation in
        try await invocation.withServer { server in
            try await UserCommand(invocation: invocation, server: server).run()
        }
    }
}

private struct UserCommand {
    let invocation: Invocation
    let server: Server

    private var environment: CommandEnvironment { invocation.environment }
    private var identity: Identity { server.program.identity }
    private var operand: String { invocation.operand ?? "" }
    private var accounts: UserAccounts { UserAccounts(identity, environment.clock) }

    func run() async throws -> Int32 {
        switch invocation.choice {
        case "create": try await create()
        case "list": try await list()
        case "show": try await show()
        case "role": try await setRole()
        case "set": try await set()
        case "ban": try await ban()
        case "unban": try await unban()
        default: try await delete()
        }
        return 0
    }

    private func write(_ json: JSON, or text: @autoclosure () -> String) {
        environment.write(invocation.has("--json") ? json.description : text())
    }

    private func find() async throws -> UserDetails {
        guard let found = try await accounts.find(operand) else {
            throw StartFailure("There is no user \(operand).")
        }
        return found
    }

    // MARK: Create

    private func create() async throws {
        let email = try checked("the e-mail address") { () throws(Invalid) in
            try EmailAddress(operand)
        }
        let name = try invocation["--name"].map { text in
            try checked("--name") { () throws(Invalid) in try Self.name(text) }
        }
        let role = try invocation["--role"].map(role)
        let given = try givenPassword()
        let text = given ?? madePassword
        let password = try checked("the password") { () throws(Invalid) in
            try NewPassword(Secret(text), identity.passwordPolicy)
        }
        do {
            let id = try await accounts.create(email, name: name, role: role, password)
            var json: JSONObject = ["id": .string(id.description), "email": .string(email.text)]
            if given == nil { json["password"] = .string(text) }
            let shown = given == nil ? ", with the password \(text)" : ""
            write(.object(json), or: "Made \(email) (\(id))\(shown)")
        } catch let failure as Failure where failure == .emailTaken {
            throw StartFailure("There is a user \(email) already.")
        }
    }

    private func givenPassword() throws -> String? {
        guard invocation.has("--password-stdin") else { return nil }
        guard let line = environment.readLine() else {
            throw UsageMistake("--password-stdin found no line in the input")
        }
        return line
    }

    /// Has the upper-case letter and the number that the strict rules ask for.
    private var madePassword: String {
        "Pw1-" + RandomToken.make(16, of: .legible, from: environment.randomness)
    }

    private static func name(_ text: String) throws(Invalid) -> String {
        try text.requireText(length: 1...100)
        return text
    }

    private func role(_ text: String) throws -> String {
        let isWord = text.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "-")
        }
        guard isWord, (1...32).contains(text.utf8.count) else {
            throw UsageMistake("--role is a word of a to z, such as admin")
        }
        return text
    }

    private func checked<Value>(
        _ what: String, _ make: () throws(Invalid) -> Value
    ) throws -> Value {
        do throws(Invalid) {
            return try make()
        } catch {
            throw UsageMistake("\(what) \(SettingsWords.of(error))")
        }
    }

    // MARK: List and show

    private func list() async throws {
        let limit = try count("--limit") ?? 100
        var after = ID<User>(high: 0, low: 0)
        if let text = invocation["--after"] {
            guard let id = ID<User>(text) else { throw UsageMistake("--after is an id") }
            after = id
        }
        let users = try await accounts.list(after: after, max: limit)
        let now = environment.clock.now
        if invocation.has("--json") {
            environment.write(JSON.list(users.map { .object($0.json(at: now)) }).description)
        } else {
            let rows = users.map { user in
                [
                    user.user.id.description, user.user.email.text, user.user.name ?? "-",
                    user.role ?? "-", user.isBanned(at: now) ? "banned" : "active",
                    user.user.createdAt.description,
                ]
            }
            for line in TextTable.lines(rows) { environment.write(line) }
        }
    }

    private func count(_ option: String) throws -> Int? {
        guard let text = invocation[option] else { return nil }
        guard let count = Int(text), (1...10_000).contains(count) else {
            throw UsageMistake("\(option) needs a number from 1 to 10000")
        }
        return count
    }

    private func show() async throws {
        let found = try await find()
        var json = found.json(at: environment.clock.now)
        if !accounts.fields.isEmpty {
            json["fields"] = .object(try await accounts.fields(of: found.user.id))
        }
        json["sessions"] = .integer(Int64(try await accounts.sessionCount(of: found.user.id)))
        if invocation.has("--json") {
            environment.write(JSON.object(json).description)
        } else {
            let rows = json.members.map { member in [member.name, Self.text(member.value)] }
            for line in TextTable.lines(rows) { environment.write(line) }
        }
    }

    private static func text(_ value: JSON) -> String {
        switch value {
        case .null: "-"
        case .string(let text): text
        default: value.description
        }
    }

    private func setRole() async throws {
        let text = try invocation.require("--role")
        let role = text == "none" ? nil : try role(text)
        let found = try await find()
        try await accounts.setRole(role, of: found.user.id)
        write(
            [
                "id": .string(found.user.id.description),
                "role": role.map { .string($0) } ?? .null,
            ],
            or: "\(found.user.email) has \(role.map { "the role \($0)" } ?? "no role").")
    }

    private func set() async throws {
        let (field, value) = try FieldAssignment(invocation["--field"], accounts.fields).checked
        let found = try await find()
        try await accounts.set(field, to: value, of: found.user.id)
        write(
            ["id": .string(found.user.id.description), field.name.text: value],
            or: "\(field.name.text) of \(found.user.email) is \(Self.text(value)).")
    }

    // MARK: Ban and delete

    private func ban() async throws {
        let found = try await find()
        let end = try invocation["--for"].map { text in
            let span = try checked("--for") { () throws(Invalid) in try TimeSpan(text) }.duration
            return environment.clock.now + min(span, .days(36_500))
        }
        let count = try await accounts.ban(
            found.user.id, because: invocation["--reason"], until: end)
        let until = end.map { " until \($0)" } ?? ""
        write(
            [
                "id": .string(found.user.id.description), "banned": true,
                "until": end.map { .string($0.description) } ?? .null,
                "endedSessions": .integer(Int64(count)),
            ], or: "Banned \(found.user.email)\(until); \(count) sessions have ended.")
    }

    private func unban() async throws {
        let found = try await find()
        try await accounts.unban(found.user.id)
        write(
            ["id": .string(found.user.id.description), "banned": false],
            or: "\(found.user.email) may sign in again.")
    }

    private func delete() async throws {
        let found = try await find()
        try confirm(found.user.email)
        let count = try await delete(found.user)
        write(
            [
                "id": .string(found.user.id.description), "deleted": true,
                "endedSessions": .integer(Int64(count)),
            ], or: "Deleted \(found.user.email); \(count) sessions have ended.")
    }

    private func delete(_ user: User) async throws -> Int {
        do {
            return try await accounts.delete(
                user.id, handingOver: invocation.has("--hand-over"))
        } catch let failure as Failure where failure == .lastOwner {
            throw StartFailure(
                "\(user.email) is the only owner of \(failure.details.joined(separator: ", ")). "
                    + "Delete that first, or add --hand-over.")
        }
    }

    private func confirm(_ email: EmailAddress) throws {
        if invocation.has("--yes") { return }
        guard let answer = environment.ask("Delete \(email)? [y/N] ") else {
            throw UsageMistake("user delete takes a user's access: confirm it with --yes")
        }
        guard ["y", "yes"].contains(answer.lowercased()) else {
            throw StartFailure("Nobody was deleted.")
        }
    }
}

extension UserDetails {
    fileprivate func json(at now: Instant) -> JSONObject {
        [
            "id": .string(user.id.description), "email": .string(user.email.text),
            "name": user.name.map { .string($0) } ?? .null,
            "role": role.map { .string($0) } ?? .null,
            "emailVerified": .boolean(user.isEmailVerified),
            "hasPassword": .boolean(hasPassword), "banned": .boolean(isBanned(at: now)),
            "banReason": banReason.map { .string($0) } ?? .null,
            "banExpiresAt": banExpiresAt.map { .string($0.description) } ?? .null,
            "createdAt": .string(user.createdAt.description),
            "updatedAt": .string(user.updatedAt.description),
        ]
    }
}
