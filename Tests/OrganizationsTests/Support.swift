import AtriumTesting
import Coding
import HTTP
import Loop
import SQL
import Testing
import Values

extension TestClient {
    /// Any method, with JSON where some is given, by a user.
    func ask(
        _ method: Method, _ path: String, _ json: JSON? = nil, by user: TestUser
    ) async -> TestAnswer {
        var fields: Fields = [.authorization: "Bearer " + user.accessToken]
        if json != nil { fields[.contentType] = "application/json" }
        return await send(method, path, fields, body: json?.bytes() ?? [])
    }

    /// An organization of a user; its id.
    func organization(_ user: TestUser, _ slug: String) async throws -> String {
        let answer = await ask(
            .post, "/api/v1/organizations", ["name": "Engines", "slug": .string(slug)],
            by: user)
        try #require(answer.status == 201, "\(answer.text)")
        return try #require(answer.json["organization"]?["id"]?.asString)
    }

    /// Puts a user into an organization, past all rules.
    func join(_ organization: String, _ user: TestUser, _ role: String) async throws {
        let member: ID<Never> = ID(at: clock.now, from: .system)
        try await server.database.execute(
            Self.insertMember, member, try #require(ID<Never>(organization)),
            try #require(ID<Never>(user.id)), role, clock.now)
    }

    /// Mail to the user's address has reached him.
    func verify(_ user: TestUser) async throws {
        try await server.database.execute(
            Self.verifyUser, try #require(ID<Never>(user.id)), clock.now)
    }

    /// A user whose address is verified.
    func verifiedUser(_ email: String) async throws -> TestUser {
        let user = try await user(email)
        try await verify(user)
        return user
    }

    /// Invites an address; the invitation's id.
    func invite(
        _ email: String, to organization: String, as role: String = "member", by user: TestUser
    ) async throws -> String {
        let answer = await ask(
            .post, "/api/v1/organizations/\(organization)/invitations",
            ["email": .string(email), "role": .string(role)], by: user)
        try #require(answer.status == 201, "\(answer.text)")
        return try #require(answer.json["invitation"]?["id"]?.asString)
    }

    /// The user deletes his account.
    func delete(_ user: TestUser) async throws {
        try await server.database.execute(
            Self.deleteUser, try #require(ID<Never>(user.id)), clock.now)
    }

    private static let deleteUser = Statement(
        .write, "UPDATE users SET deleted_at = $2 WHERE id = $1", binds: ID<Never>.self,
        Instant.self)

    private static let verifyUser = Statement(
        .write, "UPDATE users SET email_verified_at = $2 WHERE id = $1", binds: ID<Never>.self,
        Instant.self)

    static let insertMember = Statement(
        .write,
        """
        INSERT INTO organization_members (id, organization_id, user_id, role, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $5)
        ON CONFLICT (organization_id, user_id) DO UPDATE SET role = excluded.role
        """, binds: ID<Never>.self, ID<Never>.self, ID<Never>.self, String.self, Instant.self)
}

extension TestAnswer {
    var code: String? { (json["error"]?["code"] ?? json["code"])?.asString }
}

/// Runs `body` `count` times at once, on all loops.
func race<Value: Sendable>(
    _ count: Int, _ client: TestClient, _ body: @escaping @Sendable (Int) async -> Value
) async -> [Value] {
    let tasks = (0..<count).map { index in
        client.server.loops.any.spawn { await body(index) }
    }
    var values: [Value] = []
    for task in tasks { values.append(await task.value) }
    return values
}
