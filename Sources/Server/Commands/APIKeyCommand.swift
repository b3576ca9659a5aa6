import APIKeys
import Coding
import Identity
import Organizations
import SQL
import Values

extension Command {
    static let apiKey = Command(
        name: "api-key", summary: "Make, list or end the API keys of a user or an organization.",
        choices: ["create", "list", "revoke"],
        options: [
            CommandOption(name: "--user", value: "EMAIL", help: "Whose keys."),
            CommandOption(name: "--org", value: "SLUG", help: "Or which organization's."),
            CommandOption(name: "--name", value: "TEXT", help: "What the new key is called."),
            CommandOption(
                name: "--scopes", value: "LIST",
                help: "What the new key opens, such as users:read,organizations:read."),
            CommandOption(
                name: "--days", value: "COUNT",
                help: "How long the new key is good. Default: always."),
            CommandOption(name: "--id", value: "ID", help: "The key to end."), .json,
        ] + SettingsOptions.all
    ) { invocation in
        try await invocation.onServer { server in
            let work = APIKeyCommand(invocation: invocation, server: server)
            switch invocation.choice {
            case "create": try await work.create()
            case "revoke": try await work.revoke()
            default: try await work.list()
            }
        }
    }
}

private struct APIKeyCommand {
    let invocation: Invocation
    let server: Server

    private var keys: APIKeyOffice { APIKeys(server.program.identity).office }

    func create() async throws {
        let name = try invocation.require("--name")
        let draft = try APIKeyOffice.Draft(
            name: invocation.value("--name", name, APIKeyOffice.name),
            scopes: scopes(), days: days())
        let made = try await keys.create(
            draft, for: owner(), at: invocation.environment.clock.now)
        invocation.show(
            ["id": .string(made.id), "key": .string(made.key)],
            ["Made \(made.id). The key is shown this once:", made.key])
    }

    func list() async throws {
        let list = try await keys.list(of: owner(), at: invocation.environment.clock.now)
        invocation.show(
            .list(list.map(\.json)),
            TextTable.lines(list.map { [$0.id, $0.start + "…", $0.name, $0.scopes, $0.state] }))
    }

    func revoke() async throws {
        let id = try invocation.require("--id")
        guard try await keys.revoke(id, at: invocation.environment.clock.now) else {
            throw StartFailure("There is no key \(id).")
        }
        invocation.show(["id": .string(id)], ["Ended \(id)."])
    }

    private func scopes() throws -> Scopes {
        let texts = (invocation["--scopes"] ?? "").split(separator: ",").map(String.init)
        return try invocation.value("--scopes", "") { _ in
            try Scopes(texts.map { try Scope($0) })
        }
    }

    private func days() throws -> Int? {
        guard let text = invocation["--days"] else { return nil }
        guard let days = Int(text), (1...APIKeyOffice.daysMax).contains(days) else {
            throw UsageMistake("--days needs a number from 1 to \(APIKeyOffice.daysMax)")
        }
        return days
    }

    private func owner() async throws -> APIKeyOffice.Owner {
        if invocation.has("--user") {
            return .user(try await invocation.user("--user", on: server).id)
        }
        guard invocation.has("--org") else {
            throw UsageMistake("api-key \(invocation.choice ?? "") needs --user or --org")
        }
        return .organization(try await invocation.organization("--org", on: server).id)
    }
}
