import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing
import Values

/// S0-9, S1-8: icons as they are listed and read.
struct ReadIconTests {
    // S1-8
    @Test(arguments: Engine.tested)
    func `S1-8: the list has whole icons, newest first, with total, limit and offset`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, served) { client in
            let user = try await client.user()
            let empty = await client.get("/api/icons", bearer: user.accessToken)
            #expect(empty.json == ["data": [], "total": 0, "limit": 20, "offset": 0])
            var icons: [TestIcon] = []
            for number in 1...5 {
                client.clock.advance(by: .seconds(1))
                icons.append(try await client.drawn("Icon \(number)", by: user))
            }
            let all = await client.get("/api/icons", bearer: user.accessToken)
            #expect(all.json["data"] == .list(icons.reversed().map(\.json)))
            #expect(all.json["total"] == 5)
            let part = await client.get("/api/icons?limit=2&offset=1", bearer: user.accessToken)
            #expect(part.prompts == ["Icon 4", "Icon 3"])
            #expect(part.json["total"] == 5)
            #expect(part.json["limit"] == 2)
            #expect(part.json["offset"] == 1)
            let beyond = await client.get("/api/icons?offset=9", bearer: user.accessToken)
            #expect(beyond.prompts == [])
            #expect(beyond.json["total"] == 5)
        }
    }

    @Test(arguments: ["limit=0", "limit=101", "limit=x", "offset=-1", "search="])
    func `a list cannot be asked for with`(query: String) async throws {
        try await withServer(on: .sqlite, served) { client in
            let user = try await client.user()
            let answer = await client.get("/api/icons?" + query, bearer: user.accessToken)
            #expect(answer.status == 400)
            #expect(answer.fieldErrors.count == 1)
        }
    }

    @Test(arguments: Engine.tested)
    func `a search finds words in either case, and signs that mean something to databases`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, served) { client in
            let user = try await client.user()
            for prompt in ["A Compass", "ÖLKANNE", "100% done!", "a_b", "axb"] {
                try await client.drawn(prompt, by: user)
            }
            for (search, found) in [
                ("compass", ["A Compass"]), ("%C3%B6lkanne", ["ÖLKANNE"]), ("0%25", ["100% done!"]),
                ("_b", ["a_b"]), ("done!", ["100% done!"]), ("nothing", []),
            ] {
                let answer = await client.get(
                    "/api/icons?search=" + search, bearer: user.accessToken)
                #expect(answer.prompts == found, "\(search)")
                #expect(answer.json["total"] == .integer(Int64(found.count)))
            }
        }
    }

    // S0-9
    @Test(arguments: Engine.tested)
    func `S0-9: to others an icon is not there`(on engine: Engine) async throws {
        try await withServer(on: engine, served) { client in
            let (ada, eve) = (
                try await client.user(), try await client.user("eve@example.com")
            )
            let icon = try await client.drawn("Mine", by: ada)
            let token = eve.accessToken
            let answers = [
                await client.ask(.get, icon.path, bearer: token),
                await client.ask(.get, icon.path + "/svg", bearer: token),
                await client.ask(.patch, icon.path, ["prompt": "Hers"], bearer: token),
                await client.ask(.delete, icon.path, bearer: token),
                await client.ask(.post, icon.path + "/restore", bearer: token),
            ]
            let unknown = await client.ask(
                .get, "/api/icons/00000000-0000-7000-8000-000000000000", bearer: token)
            for answer in answers {
                #expect(answer.status == 404)
                #expect(answer.json == unknown.json)
            }
            #expect(await client.get("/api/icons", bearer: token).json["total"] == 0)
            let cleared = await client.ask(.delete, "/api/icons", bearer: token)
            #expect(cleared.json["deleted"] == 0)
            let kept = await client.get(icon.path, bearer: ada.accessToken)
            #expect(kept.json == icon.json)
        }
    }

    @Test(arguments: Engine.tested)
    func `nobody reads or draws without showing who he is`(on engine: Engine) async throws {
        try await withServer(on: engine, served) { client in
            let icon = try await client.drawn("Mine", by: try await client.user())
            for (method, path) in [
                (Method.get, "/api/icons"), (.post, "/api/icons"), (.delete, "/api/icons"),
                (.get, "/api/icons/generator"), (.get, icon.path), (.patch, icon.path),
                (.delete, icon.path), (.get, icon.path + "/svg"), (.post, icon.path + "/restore"),
                (.post, "/api/icons/restore"),
            ] {
                let answer = await client.another().ask(
                    method, path, method == .get ? nil : ["prompt": "x"])
                #expect(answer.status == 401, "\(method) \(path)")
                #expect(answer.code == "UNAUTHORIZED")
                #expect(answer[.wwwAuthenticate] == "Bearer")
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `an icon that is known already is not sent again`(on engine: Engine) async throws {
        try await withServer(on: engine, served) { client in
            let user = try await client.user()
            let icon = try await client.drawn("A compass", by: user)
            for path in [icon.path, icon.path + "/svg"] {
                let answer = await client.get(path, bearer: user.accessToken)
                #expect(answer[.cacheControl] == "private, no-cache")
                let tag = try #require(answer[.etag])
                let again = await client.get(
                    path, bearer: user.accessToken, [.ifNoneMatch: tag])
                #expect(again.status == 304)
                #expect(again.bytes.isEmpty)
                #expect(again[.etag] == tag)
            }
        }
    }
}
