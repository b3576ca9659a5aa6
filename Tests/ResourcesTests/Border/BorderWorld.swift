import AtriumTesting
import Coding
import HTTP
import Identity
import SQL
import Testing
import Values

@testable import Resources

/// Who asks, with what he is to the rules.
struct BorderCaller: Sendable {
    let name: String
    let fields: Fields
    /// What he sends to change something: keys have fewer scopes than there are kinds.
    var writing: Fields
    /// His id, for a user and his key.
    let user: String?
    /// By organization.
    let roles: [String: OrganizationRole]
    /// The organization whose key it is.
    let keyOf: String?

    var isStranger: Bool { user == nil && keyOf == nil }

    init(
        _ name: String, _ fields: Fields, writing: Fields? = nil, user: String? = nil,
        roles: [String: OrganizationRole] = [:], keyOf: String? = nil
    ) {
        (self.name, self.fields, self.writing) = (name, fields, writing ?? fields)
        (self.user, self.roles, self.keyOf) = (user, roles, keyOf)
    }

    /// What a rule says of this caller and a row, without any SQL.
    func meets(_ rule: Rule, _ row: BorderRow) -> Bool {
        switch rule {
        case .anyone: true
        case .signedIn: !isStranger
        case .owner: owns(row)
        case .organizationRole(let least):
            row.organization.flatMap(role).map { $0 >= least } ?? false
        case .predicate: false
        case .and(let left, let right): meets(left, row) && meets(right, row)
        case .or(let left, let right): meets(left, row) || meets(right, row)
        case .not(let rule): !meets(rule, row)
        }
    }

    /// An organization's key may do what its admins may.
    private func role(in organization: String) -> OrganizationRole? {
        keyOf == organization ? .admin : roles[organization]
    }

    private func owns(_ row: BorderRow) -> Bool {
        if let organization = row.organization { return role(in: organization) != nil }
        return row.user != nil && row.user == user
    }
}

/// A row that is in the database, whoever may see it.
struct BorderRow: Sendable {
    let kind: BorderKind
    let id: String
    /// A word that stands in no other row: where it turns up, the row was shown.
    let marker: String
    let status: String
    let rank: Int
    var user: String?
    var organization: String?
    var parent: String?
    let isDeleted: Bool
}

/// Two organizations, their people, and rows of every kind on both sides of each border.
struct BorderWorld: Sendable {
    let callers: [BorderCaller]
    let rows: [BorderRow]

    func rows(of kind: BorderKind) -> [BorderRow] { rows.filter { $0.kind.name == kind.name } }

    func children(of row: BorderRow, _ kind: String) -> [BorderRow] {
        rows.filter { $0.kind.name == kind && $0.parent == row.id }
    }

    /// Whether the caller may see the row.
    func isVisible(_ row: BorderRow, to caller: BorderCaller) throws -> Bool {
        try !row.isDeleted && caller.meets(row.kind.policy.rule(.read), row)
    }

    /// Whether he may change and delete it.
    func isChangeable(_ row: BorderRow, by caller: BorderCaller) throws -> Bool {
        try isVisible(row, to: caller) && caller.meets(row.kind.policy.rule(.update), row)
    }

    /// Whether it was deleted and he may bring it back.
    func isRestorable(_ row: BorderRow, by caller: BorderCaller) throws -> Bool {
        guard row.isDeleted else { return false }
        return try [.read, .delete].allSatisfy { action in
            try caller.meets(row.kind.policy.rule(action), row)
        }
    }

    /// Markers and ids that nothing may tell the caller. What a row that he sees refers to is a part
    /// of that row: the id, and nothing more.
    func secrets(from caller: BorderCaller) throws -> Set<String> {
        let hidden = try rows.filter { try !isVisible($0, to: caller) }
        let shown = try rows.filter { try isVisible($0, to: caller) }
        return Set(hidden.flatMap { [$0.marker, $0.id] }).subtracting(shown.compactMap(\.parent))
    }
}

// MARK: Making it

/// Runs `body` with a server that has all kinds declared, and a world in it.
func withBorderWorld(
    on engine: Engine, _ body: @escaping @Sendable (TestClient, BorderWorld) async throws -> Void
) async throws {
    let file: JSON = ["resources": .list(BorderKind.all.map(\.declaration))]
    try await withResources(on: engine, [file.description]) { client in
        try await body(client, try await BorderWorld.make(client))
    }
}

extension BorderWorld {
    static func make(_ client: TestClient) async throws -> BorderWorld {
        let people = try await Self.people(client)
        var rows: [BorderRow] = []
        for kind in BorderKind.all {
            for row in try Self.rows(of: kind, people, rows) {
                try await row.insert(client)
                rows.append(row)
            }
        }
        return BorderWorld(callers: people.callers, rows: rows)
    }

    /// Ada owns the first organization and is a member of the second, which Bob owns; Cy is an admin
    /// of the first, Dan a member; Eve is in none.
    fileprivate struct People {
        var users: [String: TestUser] = [:]
        var organizations: [String] = []
        var callers: [BorderCaller] = []
    }

    fileprivate static func people(_ client: TestClient) async throws -> People {
        var people = People()
        for name in ["ada", "bob", "cy", "dan", "eve"] {
            people.users[name] = try await client.user("\(name)@example.com")
        }
        let (ada, bob) = (try people.user("ada"), try people.user("bob"))
        people.organizations = [
            try await client.organization(ada, "first"),
            try await client.organization(bob, "second"),
        ]
        let places: [(String, Int, OrganizationRole)] = [
            ("ada", 0, .owner), ("ada", 1, .member), ("bob", 1, .owner), ("cy", 0, .admin),
            ("dan", 0, .member),
        ]
        for (name, index, role) in places where role != .owner {
            try await client.join(
                people.organizations[index], try people.user(name), role.rawValue)
        }
        for name in ["ada", "bob", "cy", "dan", "eve"] {
            let user = try people.user(name)
            let own = places.filter { $0.0 == name }.map { (people.organizations[$0.1], $0.2) }
            people.callers.append(
                BorderCaller(
                    name, [.authorization: "Bearer " + user.accessToken], user: user.id,
                    roles: Dictionary(own, uniquingKeysWith: { $1 })))
        }
        let first = people.organizations[0]
        people.callers += [
            BorderCaller("nobody", [:]),
            BorderCaller(
                "the first organization's key",
                [FieldName("x-api-key"): try await client.key(ada, for: first, "read")],
                writing: [FieldName("x-api-key"): try await client.key(ada, for: first, "write")],
                keyOf: first),
        ]
        return people
    }

    /// Of each owner two rows and a deleted one; of each parent that there is, some of each.
    fileprivate static func rows(
        of kind: BorderKind, _ people: People, _ made: [BorderRow]
    ) throws -> [BorderRow] {
        let parents = made.filter { $0.kind.name == kind.parent }.map { Optional($0.id) }
        var rows: [BorderRow] = []
        for owner in try people.owners(of: kind) {
            for (number, parent) in (kind.parent == nil ? [nil, nil, nil] : parents).enumerated() {
                let isDeleted = kind.isSoft && kind.parent == nil && number == 2
                let serial = UInt64(made.count + rows.count + 1)
                rows.append(
                    BorderRow(
                        kind: kind,
                        id: ID<Anything>(high: 0x0199_0000_0000_7000, low: 1 << 63 | serial)
                            .description,
                        marker: "m" + String(serial &* 0x9e37_79b9_7f4a_7c15, radix: 16),
                        status: number.isMultiple(of: 2) ? "active" : "inactive",
                        rank: rows.count - 2, user: owner.user, organization: owner.organization,
                        parent: parent, isDeleted: isDeleted))
            }
        }
        return rows
    }
}

extension BorderWorld.People {
    func user(_ name: String) throws -> TestUser { try #require(users[name]) }

    func owners(of kind: BorderKind) throws -> [(user: String?, organization: String?)] {
        switch kind.policy.owner {
        case .user: try [(user("ada").id, nil), (user("bob").id, nil)]
        case .organization: organizations.map { (nil, $0) }
        case .none: [(nil, nil)]
        }
    }
}

extension BorderRow {
    /// Past all rules.
    fileprivate func insert(_ client: TestClient) async throws {
        var columns: [(StaticString, SQLFragment)] = [
            ("id", "\(try Self.key(id))"), ("name", "\(marker)"), ("status", "\(status)"),
            ("rank", "\(rank)"), ("created_at", "\(client.clock.now)"),
            ("updated_at", "\(client.clock.now)"),
        ]
        if let user { columns.append(("user_id", "\(try Self.key(user))")) }
        if let organization {
            columns.append(("organization_id", "\(try Self.key(organization))"))
        }
        if let parent { columns.append(("parent_id", "\(try Self.key(parent))")) }
        if isDeleted { columns.append(("deleted_at", "\(client.clock.now)")) }
        let names = columns.map { "\(SQLIdentifier(known: $0.0))" as SQLFragment }
        try await client.server.database.execute(
            """
            INSERT INTO \(try SQLIdentifier(kind.name)) (\(names.joined(by: ", ")))
            VALUES (\(columns.map(\.1).joined(by: ", ")))
            """)
        client.clock.advance(by: .milliseconds(1))
    }

    private static func key(_ text: String) throws -> ID<Anything> {
        try #require(ID<Anything>(text))
    }
}

extension TestClient {
    /// An organization's key that opens all kinds, for one word of their scopes.
    fileprivate func key(
        _ user: TestUser, for organization: String, _ word: String
    ) async throws -> String {
        let scopes = BorderKind.all.map { JSON.string("\($0.name):\(word)") }
        let answer = await post(
            "/api/v1/api-keys",
            [
                "name": "Border", "scopes": .list(scopes),
                "organizationId": .string(organization),
            ], bearer: user.accessToken)
        return try #require(answer.json["key"]?.asString, "\(answer.text)")
    }
}
