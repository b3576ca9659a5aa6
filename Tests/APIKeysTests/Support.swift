import AtriumTesting
import Coding
import HTTP
import Loop
import SQL
import Testing
import Values

extension TestClient {
    /// Any method, with JSON where some is given, by bearer token or by key.
    func ask(
        _ method: Method, _ path: String, _ json: JSON? = nil, bearer: String? = nil,
        key: String? = nil
    ) async -> TestAnswer {
        var fields: Fields = [:]
        if let bearer { fields[.authorization] = "Bearer " + bearer }
        if let key { fields[FieldName("x-api-key")] = key }
        if json != nil { fields[.contentType] = "application/json" }
        return await send(method, path, fields, body: json?.bytes() ?? [])
    }

    /// A key of a user, with the scopes.
    func key(_ user: TestUser, _ scopes: JSON = ["users:read"]) async throws -> TestKey {
        try TestKey(
            await ask(
                .post, "/api/v1/api-keys", ["name": "Report", "scopes": scopes],
                bearer: user.accessToken))
    }

    /// An organization of a user; its id.
    func organization(_ user: TestUser, _ slug: String) async throws -> String {
        let answer = await ask(
            .post, "/api/v1/organizations", ["name": "Engines", "slug": .string(slug)],
            bearer: user.accessToken)
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

    static let insertMember = Statement(
        .write,
        """
        INSERT INTO organization_members (id, organization_id, user_id, role, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $5)
        ON CONFLICT (organization_id, user_id) DO UPDATE SET role = excluded.role
        """, binds: ID<Never>.self, ID<Never>.self, ID<Never>.self, String.self, Instant.self)
}

/// A key that was made.
struct TestKey: Sendable {
    let id: String
    let text: String

    init(_ answer: TestAnswer) throws {
        try #require([200, 201].contains(answer.status), "\(answer.text)")
        id = try #require(answer.json["apiKey"]?["id"]?.asString)
        text = try #require(answer.json["key"]?.asString)
    }
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
