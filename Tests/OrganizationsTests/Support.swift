import AtriumTesting
import Coding
import HTTP
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

}

extension TestAnswer {
    var code: String? { (json["error"]?["code"] ?? json["code"])?.asString }
}
