import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing
import Values

/// S0-9: icons that are changed, deleted and brought back.
struct ChangeIconTests {
    // S0-9
    @Test(arguments: Engine.tested)
    func `S0-9: an icon gets another name and another of its variants`(on engine: Engine)
        async throws
    {
        try await withServer(on: engine, served) { client in
            let user = try await client.user()
            let icon = try await client.drawn("A compass", by: user, variants: 3)
            client.clock.advance(by: .seconds(5))
            let second = try #require(icon.variants.dropFirst().first)
            let answer = await client.ask(
                .patch, icon.path, ["chosen": second["id"] ?? .null], bearer: user.accessToken)
            let changed = try TestIcon(answer)
            #expect(changed.json["svg"] == second["svg"])
            #expect(changed.json["chosen"] == second["id"])
            #expect(changed.json["prompt"] == "A compass")
            #expect(changed.json["variants"] == icon.json["variants"])
            #expect(changed.json["version"] == 2)
            #expect(changed.json["createdAt"] == icon.json["createdAt"])
            #expect(changed.json["updatedAt"] == .string(client.clock.now.description))
            let named = await client.ask(
                .patch, icon.path, ["prompt": " Magnet "], bearer: user.accessToken)
            #expect(named.json["prompt"] == "Magnet")
            #expect(named.json["chosen"] == second["id"])
            let found = await client.get("/api/icons?search=magnet", bearer: user.accessToken)
            #expect(found.prompts == ["Magnet"])
        }
    }

    @Test(arguments: Engine.tested)
    func `a change to what is there already is none`(on engine: Engine) async throws {
        try await withServer(on: engine, served) { client in
            let user = try await client.user()
            let icon = try await client.drawn("A compass", by: user)
            for body in [[:], ["prompt": "A compass"]] as [JSON] {
                let answer = await client.ask(.patch, icon.path, body, bearer: user.accessToken)
                #expect(answer.json == icon.json)
                #expect(answer[.etag] == icon.tag)
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `a variant of another icon's cannot be chosen`(on engine: Engine) async throws {
        try await withServer(on: engine, served) { client in
            let user = try await client.user()
            let icon = try await client.drawn("A compass", by: user)
            let other = try await client.drawn("A house", by: user)
            let answer = await client.ask(
                .patch, icon.path, ["chosen": other.json["chosen"] ?? .null],
                bearer: user.accessToken)
            #expect(answer.status == 400)
            #expect(answer.fieldErrors == ["chosen REFERENCE_MISSING"])
        }
    }

    @Test(arguments: Engine.tested)
    func `a change of another state than is meant is refused`(on engine: Engine) async throws {
        try await withServer(on: engine, served) { client in
            let user = try await client.user()
            let icon = try await client.drawn("A compass", by: user)
            let first = await client.ask(
                .patch, icon.path, ["prompt": "B"], bearer: user.accessToken,
                [.ifMatch: icon.tag])
            #expect(first.status == 200)
            let stale: Fields = [.ifMatch: icon.tag]
            let answers = [
                await client.ask(
                    .patch, icon.path, ["prompt": "C"], bearer: user.accessToken, stale),
                await client.ask(.delete, icon.path, bearer: user.accessToken, stale),
            ]
            for answer in answers {
                #expect(answer.status == 412)
                #expect(answer.code == "PRECONDITION_FAILED")
            }
            let weak: Fields = [.ifMatch: "\"9\", W/" + (first[.etag] ?? "")]
            let last = await client.ask(
                .patch, icon.path, ["prompt": "D"], bearer: user.accessToken, weak)
            #expect(last.json["prompt"] == "D")
            let any = await client.ask(
                .delete, icon.path, bearer: user.accessToken, [.ifMatch: "*"])
            #expect(any.status == 204)
        }
    }

    @Test(arguments: Engine.tested)
    func `of two who change the same state one wins`(on engine: Engine) async throws {
        try await withServer(on: engine, served) { client in
            let user = try await client.user()
            let icon = try await client.drawn("A compass", by: user)
            let statuses = await race(8, client) { index in
                await client.another().ask(
                    .patch, icon.path, ["prompt": .string("Name \(index)")],
                    bearer: user.accessToken, [.ifMatch: icon.tag]
                ).status
            }
            #expect(statuses.filter { $0 == 200 }.count == 1)
            #expect(statuses.filter { $0 == 412 }.count == 7)
        }
    }

    @Test(arguments: Engine.tested)
    func `what is deleted is gone, and can be brought back`(on engine: Engine) async throws {
        try await withServer(on: engine, served) { client in
            let user = try await client.user()
            let icon = try await client.drawn("A compass", by: user)
            let token = user.accessToken
            #expect(await client.ask(.delete, icon.path, bearer: token).status == 204)
            #expect(await client.ask(.delete, icon.path, bearer: token).status == 404)
            #expect(await client.get(icon.path, bearer: token).status == 404)
            #expect(await client.get(icon.path + "/svg", bearer: token).status == 404)
            #expect(
                await client.ask(.patch, icon.path, ["prompt": "x"], bearer: token).status == 404)
            #expect(await client.get("/api/icons", bearer: token).json["total"] == 0)
            for _ in 1...2 {
                let back = await client.ask(.post, icon.path + "/restore", bearer: token)
                #expect(back.status == 200)
                #expect(back.json["svg"] == icon.json["svg"])
                #expect(back.json["version"] == 3)
            }
            #expect(await client.get("/api/icons", bearer: token).json["total"] == 1)
        }
    }

    @Test(arguments: Engine.tested)
    func `the history is cleared at once, and nobody else's`(on engine: Engine) async throws {
        try await withServer(on: engine, served) { client in
            let (ada, bob) = (
                try await client.user(), try await client.user("bob@example.com")
            )
            for number in 1...3 { try await client.drawn("Icon \(number)", by: ada) }
            let other = try await client.drawn("Bob's", by: bob)
            let answer = await client.ask(.delete, "/api/icons", bearer: ada.accessToken)
            #expect(answer.status == 200)
            #expect(answer.json["deleted"] == 3)
            #expect(await client.get("/api/icons", bearer: ada.accessToken).json["total"] == 0)
            #expect(await client.get(other.path, bearer: bob.accessToken).status == 200)
        }
    }

    @Test(arguments: Engine.tested)
    func `what was cleared comes back at once, and nothing else does`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, served) { client in
            let (ada, bob) = (
                try await client.user(), try await client.user("bob@example.com")
            )
            func ask(
                _ method: HTTP.Method, _ path: String, _ body: JSON? = nil
            ) async -> JSON {
                await client.ask(method, "/api/icons" + path, body, bearer: ada.accessToken).json
            }
            let old = try await client.drawn("Deleted before", by: ada)
            _ = await client.ask(.delete, old.path, bearer: ada.accessToken)
            for number in 1...3 { try await client.drawn("Icon \(number)", by: ada) }
            try await client.drawn("Bob's", by: bob)
            // Texts tell moments to the millisecond only.
            client.clock.advance(by: .microseconds(2_000_567))
            _ = await client.ask(.delete, "/api/icons", bearer: bob.accessToken)
            let cleared = await ask(.delete, "")
            #expect(cleared["deleted"] == 3)
            let moment: JSON = ["deletedAt": try #require(cleared["deletedAt"])]
            client.clock.advance(by: .seconds(5))
            #expect(await ask(.post, "/restore", moment) == ["restored": 3])
            #expect(await ask(.post, "/restore", moment) == ["restored": 0])
            #expect(await ask(.get, "")["total"] == 3)
            #expect(await client.get(old.path, bearer: ada.accessToken).status == 404)
            #expect(await client.get("/api/icons", bearer: bob.accessToken).json["total"] == 0)
            #expect(await ask(.post, "/restore", [:])["code"] == "VALIDATION_ERROR")
        }
    }

    @Test(arguments: Engine.tested)
    func `deleted icons go for good when their time is over`(on engine: Engine) async throws {
        try await withServer(on: engine, served, SettingsChange { $0.icons.keepDeleted = "1d" }) {
            client in
            let user = try await client.user()
            let key = try await client.apiKey(of: user, ["icons:read", "icons:write"])
            let (old, young) = (
                try await client.drawn("Old", by: user), try await client.drawn("Young", by: user)
            )
            let kept = try await client.drawn("Kept", by: user)
            _ = await client.ask(.delete, old.path, key: key)
            client.clock.advance(by: .days(1))
            _ = await client.ask(.delete, young.path, key: key)
            try await client.sweep()
            let restore = "/restore"
            #expect(await client.ask(.post, old.path + restore, key: key).status == 404)
            #expect(await client.ask(.post, young.path + restore, key: key).status == 200)
            #expect(await client.ask(.get, kept.path, key: key).status == 200)
        }
    }
}
