import Coding
import SQL
import Values

extension TestClient {
    /// An organization of a user, made on V1; its id.
    package func organization(_ user: TestUser, _ slug: String) async throws -> String {
        let answer = await another().post(
            "/api/v1/organizations", ["name": "Engines", "slug": .string(slug)],
            bearer: user.accessToken)
        guard answer.status == 201, let id = answer.json["organization"]?["id"]?.asString else {
            throw UnexpectedAnswer(status: answer.status, text: answer.text)
        }
        return id
    }

    /// Puts a user into an organization, past all rules.
    package func join(_ organization: String, _ user: TestUser, _ role: String) async throws {
        guard let organization = ID<Never>(organization), let user = ID<Never>(user.id) else {
            throw UnexpectedAnswer(status: 0, text: "no ids: \(organization), \(user.id)")
        }
        let member: ID<Never> = ID(at: clock.now, from: .system)
        try await server.database.execute(
            Self.insertMember, member, organization, user, role, clock.now)
    }

    private static let insertMember = Statement(
        .write,
        """
        INSERT INTO organization_members (id, organization_id, user_id, role, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $5)
        ON CONFLICT (organization_id, user_id) DO UPDATE SET role = excluded.role
        """, binds: ID<Never>.self, ID<Never>.self, ID<Never>.self, String.self, Instant.self)
}
