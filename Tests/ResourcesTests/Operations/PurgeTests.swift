import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing
import Values

@testable import Server

/// What becomes of rows whose owner is gone.
struct PurgeTests {
    private static func boxes(_ owner: String, read: String) -> String {
        """
        {
          resources: [
            {
              name: "shelves",
              owner: "\(owner)",
              fields: { name: { type: "text", required: true } },
              rules: { read: "\(read)" },
            },
            {
              name: "boxes",
              owner: "\(owner)",
              fields: { shelf: { type: "reference", resource: "shelves", required: true } },
              rules: { read: "\(read)" },
            },
          ],
        }
        """
    }

    @Test(arguments: Engine.tested)
    func `a user who is purged takes his rows along, also those that refer to one another`(
        on engine: Engine
    ) async throws {
        try await withResources(on: engine, [Self.boxes("user", read: "owner")]) { client in
            let ada = try await client.user()
            let shelf = try await client.make("shelves", ["name": "A"], by: ada)
            _ = try await client.make("boxes", ["shelfId": .string(shelf)], by: ada)
            try await client.purge(ada)
            #expect(try await client.count("users") == 0)
            #expect(try await client.count("shelves") == 0)
            #expect(try await client.count("boxes") == 0)
        }
    }

    @Test(arguments: Engine.tested)
    func `one whose rows others hold is kept until they let go, and keeps nobody else`(
        on engine: Engine
    ) async throws {
        try await withResources(on: engine, [Self.boxes("user", read: "signedIn")]) { client in
            let ada = try await client.user()
            let bob = try await client.user("bob@example.com")
            let eve = try await client.user("eve@example.com")
            let shelf = try await client.make("shelves", ["name": "A"], by: ada)
            _ = try await client.make("boxes", ["shelfId": .string(shelf)], by: bob)
            try await client.purge(ada, eve)
            #expect(try await client.count("users") == 2)
            #expect(try await client.count("shelves") == 1)
            try await client.purge(bob)
            #expect(try await client.count("users") == 0)
            #expect(try await client.count("boxes") == 0)
        }
    }

    @Test(arguments: Engine.tested)
    func `an organization that ends takes its rows along`(on engine: Engine) async throws {
        try await withResources(on: engine, [Self.boxes("organization", read: "owner")]) { client in
            let ada = try await client.user()
            let id = try await client.organization(ada, "engines")
            let shelf = try await client.make(
                "shelves", ["name": "A", "organizationId": .string(id)], by: ada)
            _ = try await client.make(
                "boxes", ["shelfId": .string(shelf), "organizationId": .string(id)], by: ada)
            #expect(await client.ask(.delete, "organizations/\(id)", by: ada).status == 204)
            #expect(try await client.count("boxes") == 0)
        }
    }
}

extension TestClient {
    /// The users have deleted their accounts, and the time is over for which they are kept.
    fileprivate func purge(_ users: TestUser...) async throws {
        for user in users {
            let id = try #require(ID<Never>(user.id))
            try await server.database.execute(
                "UPDATE users SET deleted_at = \(clock.now) WHERE id = \(id)")
        }
        clock.advance(by: .days(31))
        try await server.program.identity.sweep(at: clock.now)
    }

    fileprivate func count(_ table: String) async throws -> Int? {
        try await server.database.first(
            "SELECT count(*) FROM \(try SQLIdentifier(table))", returning: Single<Int>.self
        )?.value
    }
}
