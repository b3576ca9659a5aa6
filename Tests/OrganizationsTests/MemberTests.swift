import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import Identity
import SQL
import Testing
import Values

@testable import Organizations

/// S0-19: who may do what to whom.
struct MemberTests {
    // MARK: The rules, by themselves

    @Test(arguments: OrganizationRole.allCases, OrganizationRole.allCases)
    func `nobody changes who is above him or gives what is above him`(
        actor: OrganizationRole, old: OrganizationRole
    ) {
        for new in [nil, .member, .admin, .owner] as [OrganizationRole?] {
            let change = MemberChange(actor: actor, isSelf: false, old: old, new: new, owners: 2)
            let mayRule = actor != .member && old <= actor && (new.map { $0 <= actor } ?? true)
            #expect((change.refusal == nil) == mayRule)
        }
    }

    @Test(arguments: OrganizationRole.allCases)
    func `everybody may leave but the last owner`(role: OrganizationRole) {
        let leave = { (owners: Int) in
            MemberChange(actor: role, isSelf: true, old: role, new: nil, owners: owners).refusal
        }
        #expect(leave(2) == nil)
        #expect(leave(1) == (role == .owner ? .lastOwner : nil))
    }

    @Test func `the last owner stays one`() {
        for new in [.member, .admin, nil] as [OrganizationRole?] {
            let change = MemberChange(actor: .owner, isSelf: true, old: .owner, new: new, owners: 1)
            #expect(change.refusal == .lastOwner)
        }
        #expect(
            MemberChange(actor: .owner, isSelf: true, old: .owner, new: .owner, owners: 1).refusal
                == nil)
    }

    // MARK: Races

    /// Each may go as long as the other stays; of both at once one is held back.
    @Test(arguments: Engine.tested)
    func `two owners who take each other's role leave one owner`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            for round in 0..<8 {
                let ada = try await client.user("ada\(round)@example.com")
                let bob = try await client.user("bob\(round)@example.com")
                let id = try await client.organization(ada, "engines-\(round)")
                try await client.join(id, bob, "owner")
                let members = "/api/v1/organizations/\(id)/members"
                let statuses = await race(4, client) { index in
                    let (actor, target) = index.isMultiple(of: 2) ? (ada, bob) : (bob, ada)
                    let device = client.another()
                    return switch (round % 4, index) {
                    case (0, _):
                        await device.ask(
                            .patch, "\(members)/\(target.id)", ["role": "member"], by: actor
                        ).status
                    case (1, _):
                        await device.ask(.delete, "\(members)/\(target.id)", by: actor).status
                    case (2, _):
                        await device.ask(
                            .post, "/api/v1/organizations/\(id)/leave", by: actor
                        ).status
                    default:
                        await device.ask(
                            .patch, "\(members)/\(actor.id)", ["role": "admin"], by: actor
                        ).status
                    }
                }
                #expect(statuses.allSatisfy { [200, 204, 403, 404, 409].contains($0) })
                let owners = try await client.server.database.first(
                    Member.countOwners, try #require(ID(id)))
                #expect(owners?.value == 1, "\(round): \(statuses)")
            }
        }
    }

    /// Whatever came before the removal was withdrawn with it; whatever came after was refused.
    @Test(arguments: Engine.tested)
    func `an admin who is removed leaves no invitation behind`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let ada = try await client.user()
            let mallory = try await client.user("mallory@example.com")
            let id = try await client.organization(ada, "engines")
            try await client.join(id, mallory, "admin")
            let statuses = await race(24, client) { index in
                if index == 8 {
                    return await client.another().ask(
                        .delete, "/api/v1/organizations/\(id)/members/\(mallory.id)", by: ada
                    ).status
                }
                return await client.another().ask(
                    .post, "/api/v1/organizations/\(id)/invitations",
                    ["email": .string("m\(index)@example.com"), "role": "admin"], by: mallory
                ).status
            }
            #expect(statuses[8] == 204)
            #expect(statuses.allSatisfy { [201, 204, 404].contains($0) })
            let list = await client.ask(
                .get, "/api/v1/organizations/\(id)/invitations?limit=100", by: ada)
            let states = list.json["invitations"]?.asList?.compactMap { $0["status"]?.asString }
            #expect(Set(states ?? []).subtracting(["canceled"]).isEmpty)
        }
    }

    @Test(arguments: Engine.tested)
    func `members are listed page by page, and deleted users not`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let ada = try await client.user()
            let id = try await client.organization(ada, "engines")
            for index in 0..<4 {
                client.clock.advance(by: .seconds(1))
                let user = try await client.user("u\(index)@example.com")
                try await client.join(id, user, "member")
                if index == 1 {
                    try await client.delete(user)
                }
            }
            let path = "/api/v1/organizations/\(id)/members?limit=3"
            let first = await client.ask(.get, path, by: ada)
            let next = try #require(first.json["nextCursor"]?.asString)
            let second = await client.ask(.get, path + "&cursor=" + next, by: ada)
            let emails = [first, second].flatMap {
                $0.json["members"]?.asList?.compactMap { $0["email"]?.asString } ?? []
            }
            #expect(
                emails == [
                    "ada@example.com", "u0@example.com", "u2@example.com", "u3@example.com",
                ])
            #expect(second.json["nextCursor"] == nil)
        }
    }
}
