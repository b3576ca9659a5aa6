import Coding
import Identity
import Organizations
import SQL
import Surfaces
import Values

extension Command {
    // S0-13
    static let organization = Command(
        name: "org", summary: "List, show, make or delete organizations, or put a member into one.",
        choices: ["list", "show", "create", "add-member", "delete"],
        options: [
            CommandOption(name: "--slug", value: "SLUG", help: "Which organization."),
            CommandOption(name: "--name", value: "TEXT", help: "What the new one is called."),
            CommandOption(name: "--owner", value: "EMAIL", help: "Whose the new one is."),
            CommandOption(name: "--user", value: "EMAIL", help: "Who is to be a member."),
            CommandOption(
                name: "--role", value: "ROLE", help: "owner, admin or member. Default member."),
            CommandOption(name: "--yes", help: "Delete without asking."), .json,
        ] + SettingsOptions.all
    ) { invocation in
        try await invocation.onServer { server in
            let work = OrganizationCommand(invocation: invocation, server: server)
            switch invocation.choice {
            case "show": try await work.show()
            case "create": try await work.create()
            case "add-member": try await work.addMember()
            case "delete": try await work.delete()
            default: try await work.list()
            }
        }
    }
}

private struct OrganizationCommand {
    let invocation: Invocation
    let server: Server

    private static let pageSize = 500

    private var environment: CommandEnvironment { invocation.environment }
    private var organizations: Organizations { Organizations(server.program.identity) }

    func list() async throws {
        let all = try await pages { after in
            try await server.database.all(Organization.list, after, Self.pageSize)
        }
        invocation.show(
            .list(all.map(\.json)),
            TextTable.lines(all.map { [$0.id.description, $0.slug, $0.name] }))
    }

    func show() async throws {
        let organization = try await invocation.organization("--slug", on: server)
        let members = try await pages { after in
            try await server.database.all(
                Member.listAll, organization.id, after, Self.pageSize)
        }
        var json = organization.json.asObject ?? [:]
        json["members"] = .list(members.map(\.json))
        let lines = members.map { [$0.role.rawValue, $0.email.text, $0.name ?? ""] }
        invocation.show(
            .object(json),
            ["\(organization.name) (\(organization.slug)), \(organization.id)"]
                + TextTable.lines(lines))
    }

    func create() async throws {
        let (name, slug) = (try invocation.require("--name"), try invocation.require("--slug"))
        let title = try invocation.value("--name", name) { try Title($0) }
        let checked = try invocation.value("--slug", slug) { try Slug($0) }
        let owner = try await invocation.user("--owner", on: server)
        let made = try await organizations.create(
            name: title.text, slug: checked.text,
            by: Doer(operatorAs: owner.id, at: environment.clock.now))
        invocation.show(made.json, ["Made \(made.slug), \(made.id)."])
    }

    func addMember() async throws {
        let organization = try await invocation.organization("--slug", on: server)
        let user = try await invocation.user("--user", on: server)
        guard let role = OrganizationRole(rawValue: invocation["--role"] ?? "member") else {
            throw UsageMistake("--role must be one of owner, admin, member")
        }
        let found = try await organizations.add(
            user.id, to: organization.id, as: role, at: environment.clock.now)
        invocation.show(
            ["user": .string(user.email.text), "role": .string(found.rawValue)],
            ["\(user.email) is \(found.rawValue) of \(organization.slug)."])
    }

    func delete() async throws {
        let organization = try await invocation.organization("--slug", on: server)
        try confirm(organization)
        try await organizations.delete(organization, at: environment.clock.now)
        invocation.show(organization.json, ["Deleted \(organization.slug)."])
    }

    private func confirm(_ organization: Organization) throws {
        if invocation.has("--yes") { return }
        let question = "Delete \(organization.slug) with its members and keys? [y/N] "
        guard let answer = environment.ask(question) else {
            throw UsageMistake("org delete cannot be undone: confirm it with --yes")
        }
        guard ["y", "yes"].contains(answer.lowercased()) else {
            throw StartFailure("Nothing was deleted.")
        }
    }

    /// All pages of a list, one after the other.
    private func pages<Element: Paged>(
        _ page: (ID<Element>) async throws -> [Element]
    ) async throws -> [Element] {
        var all: [Element] = []
        while true {
            let list = try await page(all.last?.id ?? ID(high: 0, low: 0))
            all += list
            if list.count < Self.pageSize { return all }
        }
    }
}

/// What has an id of its own kind, by which pages follow one another.
private protocol Paged {
    var id: ID<Self> { get }
}

extension Organization: Paged {}
extension Member: Paged {}

extension Invocation {
    /// The organization that an option names by its slug.
    func organization(_ option: String, on server: Server) async throws -> Organization {
        let slug = try require(option)
        guard let found = try await server.database.first(Organization.findBySlug, slug) else {
            throw StartFailure("There is no organization \(slug).")
        }
        return found
    }
}

extension Organization {
    fileprivate var json: JSON {
        [
            "id": .string(id.description), "slug": .string(slug), "name": .string(name),
            "createdAt": .string(createdAt.description),
        ]
    }
}

extension Member {
    fileprivate var json: JSON {
        [
            "userId": .string(userID.description), "email": .string(email.text),
            "name": name.map { .string($0) } ?? .null, "role": .string(role.rawValue),
        ]
    }
}
