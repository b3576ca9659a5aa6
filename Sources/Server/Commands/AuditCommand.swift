import Coding
import Identity
import Values

extension Command {
    static let audit = Command(
        name: "audit", summary: "Read the log of what was done to accounts, or verify it.",
        choices: ["list", "verify"],
        options: [
            CommandOption(
                name: "--user", value: "USER", help: "list: about this user, by id or address."),
            CommandOption(
                name: "--since", value: "TIME",
                help: "list: from an instant on, or for the last 24h, 7d, …. Default 7d."),
            CommandOption(
                name: "--limit", value: "COUNT", help: "list: the newest so many. Default 100."),
            CommandOption(name: "--json", help: "As JSON, for programs."),
        ] + SettingsOptions.all
    ) { invocation in
        try await invocation.withServer { server in
            let command = AuditCommand(invocation: invocation, server: server)
            return invocation.choice == "list"
                ? try await command.list() : try await command.verify()
        }
    }
}

private struct AuditCommand {
    let invocation: Invocation
    let server: Server

    private var environment: CommandEnvironment { invocation.environment }
    private var identity: Identity { server.program.identity }

    // MARK: List

    func list() async throws -> Int32 {
        let entries = try await identity.audit.list(
            about: try await user(), since: try since(), max: try limit())
        if invocation.has("--json") {
            environment.write(JSON.list(entries.map(\.json)).description)
        } else {
            for line in TextTable.lines(entries.map(\.cells)) { environment.write(line) }
        }
        return 0
    }

    /// An id need not be that of a user who is still there.
    private func user() async throws -> ID<User>? {
        guard let text = invocation["--user"] else { return nil }
        if let id = ID<User>(text) { return id }
        let found = try await UserAccounts(identity, environment.clock).find(text)
        guard let found else { throw StartFailure("There is no user \(text).") }
        return found.user.id
    }

    private func since() throws -> Instant {
        let text = invocation["--since"] ?? "7d"
        if let instant = Instant(text) { return instant }
        guard let span = try? TimeSpan(text) else {
            throw UsageMistake(
                "--since needs a time such as 7d, or an instant such as 2026-01-31T00:00:00Z")
        }
        return max(.distantPast, environment.clock.now - min(span.duration, .days(36_500)))
    }

    private func limit() throws -> Int {
        guard let text = invocation["--limit"] else { return 100 }
        guard let limit = Int(text), (1...100_000).contains(limit) else {
            throw UsageMistake("--limit needs a number from 1 to 100000")
        }
        return limit
    }

    // MARK: Verify

    /// Status 1 when the log is not as it was written.
    func verify() async throws -> Int32 {
        // What a server that died has left, or one at work has just written.
        try await identity.audit.link()
        let verdict = try await identity.audit.verify()
        if invocation.has("--json") {
            environment.write(verdict.json.description)
        } else {
            for line in verdict.lines { environment.write(line) }
        }
        return verdict.isSound ? 0 : 1
    }
}

extension AuditEntry {
    fileprivate var cells: [String] {
        [
            at.description, event.rawValue, userID?.description ?? "-", actor, address ?? "-",
            requestID ?? "-", details,
        ]
    }

    fileprivate var json: JSON {
        func text(_ value: String?) -> JSON { value.map { .string($0) } ?? .null }
        return [
            "id": .string(id.description), "at": .string(at.description),
            "event": .string(event.rawValue), "actor": .string(actor),
            "userId": text(userID?.description), "sessionId": text(sessionID?.description),
            "address": text(address), "userAgent": text(userAgent), "requestId": text(requestID),
            "details": (try? JSON(parsing: Array(details.utf8))) ?? .string(details),
        ]
    }
}

extension AuditVerdict {
    fileprivate var lines: [String] {
        guard isSound else {
            return problems.map(\.description) + ["The log is not as it was written."]
        }
        return [
            "\(checked) entries are as they were written. The last is \(lastSeq), its hash \(lastHash)."
        ]
    }

    fileprivate var json: JSON {
        [
            "sound": .boolean(isSound), "checked": .integer(Int64(checked)),
            "waiting": .integer(Int64(waiting)), "lastSeq": .integer(lastSeq),
            "lastHash": .string(lastHash),
            "problems": .list(problems.map { .string($0.description) }),
        ]
    }
}
