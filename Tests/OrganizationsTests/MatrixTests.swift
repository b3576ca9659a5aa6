import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing
import Values

/// S0-19: every role on every operation, in one's own organization and in another.
struct MatrixTests {
    /// Who asks. The outsider owns an organization of his own.
    private static let roles = ["owner", "admin", "member", "outsider", "nobody"]

    private struct Operation: Sendable {
        let name: String
        let method: Method
        /// With `{}` for the organization, `{member}`, `{admin}`, `{owner}` and `{invitation}`.
        let path: String
        var body: JSON?
        /// Of owner, admin and member, in their own.
        let statuses: [Int]
    }

    private static let operations = [
        Operation(name: "read", method: .get, path: "{}", statuses: [200, 200, 200]),
        Operation(
            name: "list members", method: .get, path: "{}/members", statuses: [200, 200, 200]),
        Operation(
            name: "rename", method: .patch, path: "{}", body: ["name": "X"],
            statuses: [200, 200, 403]),
        Operation(name: "delete", method: .delete, path: "{}", statuses: [204, 403, 403]),
        Operation(
            name: "list invitations", method: .get, path: "{}/invitations",
            statuses: [200, 200, 403]),
        Operation(
            name: "invite a member", method: .post, path: "{}/invitations",
            body: ["email": "new@example.com"], statuses: [201, 201, 403]),
        Operation(
            name: "invite an admin", method: .post, path: "{}/invitations",
            body: ["email": "new@example.com", "role": "admin"], statuses: [201, 201, 403]),
        Operation(
            name: "invite an owner", method: .post, path: "{}/invitations",
            body: ["email": "new@example.com", "role": "owner"], statuses: [201, 403, 403]),
        Operation(
            name: "withdraw", method: .delete, path: "{}/invitations/{invitation}",
            statuses: [204, 204, 403]),
        Operation(
            name: "promote to admin", method: .patch, path: "{}/members/{member}",
            body: ["role": "admin"], statuses: [200, 200, 403]),
        Operation(
            name: "promote to owner", method: .patch, path: "{}/members/{member}",
            body: ["role": "owner"], statuses: [200, 403, 403]),
        Operation(
            name: "demote an admin", method: .patch, path: "{}/members/{admin}",
            body: ["role": "member"], statuses: [200, 200, 403]),
        Operation(
            name: "demote an owner", method: .patch, path: "{}/members/{owner}",
            body: ["role": "admin"], statuses: [200, 403, 403]),
        Operation(
            name: "remove a member", method: .delete, path: "{}/members/{member}",
            statuses: [204, 204, 403]),
        Operation(
            name: "remove an admin", method: .delete, path: "{}/members/{admin}",
            statuses: [204, 204, 403]),
        Operation(
            name: "remove an owner", method: .delete, path: "{}/members/{owner}",
            statuses: [204, 403, 403]),
        Operation(
            name: "change who is no member", method: .patch, path: "{}/members/{nobody}",
            body: ["role": "member"], statuses: [404, 404, 403]),
        Operation(
            name: "leave", method: .post, path: "{}/leave", statuses: [204, 204, 204]),
        Operation(
            name: "list keys", method: .get, path: "/api/v1/api-keys?organizationId={}",
            statuses: [200, 200, 403]),
        Operation(
            name: "make active", method: .put, path: "/api/v1/organizations/active",
            body: ["organizationId": "{}"], statuses: [200, 200, 200]),
    ]

    /// Those who call and those who are acted on: of each role two, so that they are not the same.
    private struct People: Sendable {
        let callers: [String: TestUser]
        let others: [String: TestUser]

        init(_ client: TestClient) async throws {
            var (callers, others) = ([String: TestUser](), [String: TestUser]())
            for role in MatrixTests.roles {
                callers[role] = try await client.user("\(role)@example.com")
                others[role] = try await client.user("other-\(role)@example.com")
            }
            (self.callers, self.others) = (callers, others)
            _ = try await client.organization(try #require(callers["outsider"]), "others")
        }
    }

    /// An organization with all of them in their roles, made anew for each try.
    private struct Place: Sendable {
        let names: [String: String]

        init(_ client: TestClient, _ people: People, _ slug: String) async throws {
            let owner = try #require(people.callers["owner"])
            let organization = try await client.organization(owner, slug)
            var names = ["": organization]
            for (role, user) in people.others { names[role] = user.id }
            for role in ["owner", "admin", "member"] {
                for user in [people.callers[role], people.others[role]].compactMap(\.self) {
                    try await client.join(organization, user, role)
                }
            }
            names["invitation"] = try await client.invite(
                "asked@example.com", to: organization, by: owner)
            self.names = names
        }
    }

    private static func fill(_ text: String, _ place: Place) -> String {
        place.names.reduce(text) { $0.replacing("{\($1.key)}", with: $1.value) }
    }

    private static func send(
        _ operation: Operation, by user: TestUser?, _ client: TestClient, _ place: Place
    ) async throws -> TestAnswer {
        let isWhole = operation.path.hasPrefix("/")
        let path = (isWhole ? "" : "/api/v1/organizations/") + operation.path
        let body = try operation.body.map {
            try JSON(parsing: Array(fill($0.description, place).utf8))
        }
        return await client.ask(
            operation.method, fill(path, place), body, by: try #require(user))
    }

    @Test(arguments: Engine.tested)
    func `each role does what it may, and an outsider finds nothing`(on engine: Engine)
        async throws
    {
        try await withServer(on: engine, .set(\.auth.organizations.ownedMax, 1000)) { client in
            let people = try await People(client)
            for (number, operation) in Self.operations.enumerated() {
                for (index, role) in Self.roles.enumerated() {
                    let place = try await Place(client, people, "engines-\(number)-\(index)")
                    let answer = try await Self.send(
                        operation, by: people.callers[role], client, place)
                    let words = Comment(rawValue: "\(role): \(operation.name): \(answer.text)")
                    #expect(answer.status == (index < 3 ? operation.statuses[index] : 404), words)
                    if index > 2 {
                        #expect(answer.code == "ORGANIZATION_NOT_FOUND", words)
                        #expect(!answer.text.contains("engines"), words)
                    }
                }
            }
        }
    }

    /// One's role in one organization gives nothing in another: paths that mix the two.
    @Test(arguments: Engine.tested)
    func `an owner's role ends where the organization does`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let people = try await People(client)
            let place = try await Place(client, people, "engines")
            let outsider = try #require(people.callers["outsider"])
            let list = await client.ask(.get, "/api/v1/organizations", by: outsider)
            let own = try #require(
                list.json["organizations"]?.asList?.first?["id"]?.asString)
            let base = "/api/v1/organizations/\(own)"
            let invitation = try #require(place.names["invitation"])
            let member = try #require(place.names["member"])
            #expect(
                await client.ask(.delete, "\(base)/invitations/\(invitation)", by: outsider).code
                    == "INVITATION_NOT_FOUND")
            #expect(
                await client.ask(
                    .patch, "\(base)/members/\(member)", ["role": "admin"], by: outsider
                ).code == "MEMBER_NOT_FOUND")
            #expect(
                await client.ask(.delete, "\(base)/members/\(member)", by: outsider).code
                    == "MEMBER_NOT_FOUND")
        }
    }
}
