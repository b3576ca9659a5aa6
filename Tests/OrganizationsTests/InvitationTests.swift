import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing
import Values

/// S0-13: how others are asked in.
struct InvitationTests {
    private static func accept(
        _ invitation: String, by user: TestUser, _ client: TestClient
    ) async -> TestAnswer {
        await client.another().ask(.post, "/api/v1/invitations/\(invitation)/accept", by: user)
    }

    @Test(arguments: Engine.tested)
    func `an invited address gets a mail, with the invitation or not at all`(on engine: Engine)
        async throws
    {
        try await withServer(on: engine) { client in
            let ada = try await client.user()
            let id = try await client.organization(ada, "engines")
            let invitation = try await client.invite(
                "grace@example.com", to: id, as: "admin", by: ada)
            let refused = await client.ask(
                .post, "/api/v1/organizations/\(id)/invitations",
                ["email": "grace@example.com"], by: ada)
            #expect(refused.status == 409)
            let mails = try await client.server.outbox.newest(limit: 10).map(\.mail)
            #expect(mails.map(\.recipient.text) == ["grace@example.com"])
            let mail = try #require(mails.first)
            #expect(mail.subject == "You are invited to Engines")
            for text in [mail.text, mail.html] {
                for part in ["ada@example.com", "Engines", "admin", invitation] {
                    #expect(text.contains(part), "\(part)")
                }
            }
            #expect(!mail.text.contains("token"))
        }
    }

    @Test(arguments: Engine.tested)
    func `an invited user finds his invitation and joins in its role`(on engine: Engine)
        async throws
    {
        try await withServer(on: engine) { client in
            let ada = try await client.user()
            let id = try await client.organization(ada, "engines")
            // Before there is such a user; letters of either case are one address.
            let invitation = try await client.invite(
                "Grace@Example.com", to: id, as: "admin", by: ada)
            let grace = try await client.verifiedUser("grace@example.com")
            let received = await client.ask(.get, "/api/v1/invitations", by: grace)
            let one = received.json["invitations"]?.asList?.first
            #expect(one?["id"]?.asString == invitation)
            #expect(one?["organizationName"] == "Engines")
            #expect(one?["inviterEmail"] == "ada@example.com")
            client.clock.advance(by: .seconds(1))
            let accepted = await Self.accept(invitation, by: grace, client)
            #expect(accepted.status == 200)
            #expect(accepted.json["organization"]?["role"] == "admin")
            let members = await client.ask(
                .get, "/api/v1/organizations/\(id)/members", by: grace)
            #expect(
                members.json["members"]?.asList?.map { $0["role"] } == ["owner", "admin"])
            #expect(
                await client.ask(.get, "/api/v1/invitations", by: grace).json
                    == ["invitations": []])
            let list = await client.ask(
                .get, "/api/v1/organizations/\(id)/invitations", by: grace)
            #expect(list.json["invitations"]?.asList?.first?["status"] == "accepted")
            let again = await client.ask(
                .post, "/api/v1/organizations/\(id)/invitations",
                ["email": "grace@example.com"], by: ada)
            #expect(again.code == "ALREADY_MEMBER")
        }
    }

    @Test(arguments: Engine.tested)
    func `nobody but the user of the verified address can answer`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let ada = try await client.user()
            let id = try await client.organization(ada, "engines")
            let invitation = try await client.invite("grace@example.com", to: id, by: ada)
            // Who registers the address without reading its mail.
            let squatter = try await client.user("grace@example.com")
            let eve = try await client.verifiedUser("eve@example.com")
            let unknown = await Self.accept(eve.id, by: eve, client)
            #expect(unknown.status == 404)
            for user in [squatter, eve, ada] {
                for word in ["accept", "reject"] {
                    let answer = await client.ask(
                        .post, "/api/v1/invitations/\(invitation)/\(word)", by: user)
                    #expect(answer.status == 404)
                    #expect(answer.text == unknown.text)
                }
                #expect(
                    await client.ask(.get, "/api/v1/invitations", by: user).json
                        == ["invitations": []])
            }
            try await client.verify(squatter)
            #expect(await Self.accept(invitation, by: squatter, client).status == 200)
        }
    }

    @Test(arguments: Engine.tested)
    func `an invitation that is over opens nothing, and its address can be asked again`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let ada = try await client.user()
            let grace = try await client.verifiedUser("grace@example.com")
            let id = try await client.organization(ada, "engines")
            let invitations = "/api/v1/organizations/\(id)/invitations"

            let rejected = try await client.invite(grace.email, to: id, by: ada)
            let twice = await client.ask(
                .post, invitations, ["email": "GRACE@example.com", "role": "owner"], by: ada)
            #expect(twice.code == "ALREADY_INVITED")
            #expect(
                await client.ask(.post, "/api/v1/invitations/\(rejected)/reject", by: grace)
                    .status == 204)
            let canceled = try await client.invite(grace.email, to: id, by: ada)
            #expect(
                await client.ask(.delete, "\(invitations)/\(canceled)", by: ada).status == 204)
            #expect(
                await client.ask(.delete, "\(invitations)/\(canceled)", by: ada).status == 404)
            let expired = try await client.invite(grace.email, to: id, by: ada)
            client.clock.advance(by: .days(7))
            let late = try await client.signedInAgain(ada)
            let lateGrace = try await client.signedInAgain(grace)
            for over in [rejected, canceled, expired] {
                #expect(await Self.accept(over, by: lateGrace, client).status == 404)
            }
            let last = try await client.invite(grace.email, to: id, by: late)
            #expect(await Self.accept(expired, by: lateGrace, client).status == 404)
            #expect(await Self.accept(last, by: lateGrace, client).status == 200)
            #expect(await Self.accept(last, by: lateGrace, client).status == 404)
        }
    }

    @Test(arguments: Engine.tested)
    func `the invitations of who is gone are gone, too`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let ada = try await client.user()
            let bob = try await client.user("bob@example.com")
            let grace = try await client.verifiedUser("grace@example.com")
            let id = try await client.organization(ada, "engines")
            try await client.join(id, bob, "admin")
            let invitation = try await client.invite(grace.email, to: id, by: bob)
            try await client.delete(bob)
            #expect(
                await client.ask(.get, "/api/v1/invitations", by: grace).json
                    == ["invitations": []])
            #expect(await Self.accept(invitation, by: grace, client).status == 404)
        }
    }

    @Test(arguments: Engine.tested)
    func `of fifty who accept one invitation at once one gets in`(on engine: Engine) async throws {
        try await withServer(on: engine) { client in
            let ada = try await client.user()
            let grace = try await client.verifiedUser("grace@example.com")
            let id = try await client.organization(ada, "engines")
            let invitation = try await client.invite(grace.email, to: id, by: ada)
            let statuses = await race(50, client) { _ in
                await Self.accept(invitation, by: grace, client).status
            }
            #expect(statuses.filter { $0 == 200 }.count == 1)
            #expect(statuses.filter { $0 == 404 }.count == 49)
        }
    }

    @Test(arguments: Engine.tested)
    func `accepted, rejected or withdrawn: at once it comes to one of them`(on engine: Engine)
        async throws
    {
        try await withServer(on: engine) { client in
            let ada = try await client.user()
            let grace = try await client.verifiedUser("grace@example.com")
            let id = try await client.organization(ada, "engines")
            let invitation = try await client.invite(grace.email, to: id, by: ada)
            let statuses = await race(24, client) { index in
                let device = client.another()
                return switch index % 3 {
                case 0: await Self.accept(invitation, by: grace, client).status
                case 1:
                    await device.ask(
                        .post, "/api/v1/invitations/\(invitation)/reject", by: grace
                    ).status
                default:
                    await device.ask(
                        .delete, "/api/v1/organizations/\(id)/invitations/\(invitation)", by: ada
                    ).status
                }
            }
            #expect(statuses.filter { $0 < 300 }.count == 1)
            #expect(statuses.filter { $0 == 404 }.count == 23)
            let isMember = await client.ask(.get, "/api/v1/organizations/" + id, by: grace)
            #expect((isMember.status == 200) == statuses.contains(200))
        }
    }

    @Test(arguments: Engine.tested)
    func `no race makes more members than an organization may have`(on engine: Engine) async throws
    {
        try await withServer(on: engine, .set(\.auth.organizations.membersMax, 4)) { client in
            let ada = try await client.user()
            let id = try await client.organization(ada, "engines")
            let answers = await race(12, client) { index in
                await client.another().ask(
                    .post, "/api/v1/organizations/\(id)/invitations",
                    ["email": .string("u\(index)@example.com")], by: ada)
            }
            #expect(answers.filter { $0.status == 201 }.count == 3)
            #expect(answers.filter { $0.code == "TOO_MANY_MEMBERS" }.count == 9)
        }
    }
}

extension TestClient {
    /// The same user with a session of now.
    func signedInAgain(_ user: TestUser) async throws -> TestUser {
        let answer = await another().post(
            "/api/v1/auth/login",
            ["email": .string(user.email), "password": .string(user.password)])
        return try TestUser(again: user, answer)
    }
}
