import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Server
import Testing
import Values

@testable import Icons

/// How much one user may have drawn.
struct QuotaTests {
    private static func limits(perDay: Int = 200, perMinute: Int = 1000) -> SettingsChange {
        SettingsChange { settings in
            settings.icons.perDay = PositiveCount(integerLiteral: perDay)
            settings.icons.perMinute = PositiveCount(integerLiteral: perMinute)
        }
    }

    @Test(arguments: Engine.tested)
    func `requests at once do not get more than there is`(on engine: Engine) async throws {
        try await withServer(on: engine, served, Self.limits(perDay: 5)) { client in
            let user = try await client.user()
            let answers = await race(12, client) { index in
                await client.another().post(
                    "/api/icons", ["prompt": .string("Icon \(index)")], bearer: user.accessToken)
            }
            #expect(answers.filter { $0.status == 201 }.count == 5)
            let refused = answers.filter { $0.status == 429 }
            #expect(refused.count == 7)
            for answer in refused {
                #expect(answer.code == "ICON_QUOTA_REACHED")
                // The test's day is half over.
                #expect(answer[.retryAfter] == "43200")
            }
            let list = await client.get("/api/icons", bearer: user.accessToken)
            #expect(list.json["total"] == 5)
            #expect(await client.leftToday(user) == 0)
        }
    }

    @Test(arguments: Engine.tested)
    func `the next day there are as many again, and others have their own`(on engine: Engine)
        async throws
    {
        try await withServer(on: engine, served, Self.limits(perDay: 1)) { client in
            let (ada, bob) = (
                try await client.user(), try await client.user("bob@example.com")
            )
            let key = try await client.apiKey(of: ada, ["icons:write"])
            let body: JSON = ["prompt": "A compass"]
            #expect(await client.ask(.post, "/api/icons", body, key: key).status == 201)
            #expect(await client.ask(.post, "/api/icons", body, key: key).status == 429)
            try await client.drawn("A house", by: bob)
            client.clock.advance(by: .seconds(12 * 3600 - 1))
            #expect(await client.ask(.post, "/api/icons", body, key: key).status == 429)
            client.clock.advance(by: .seconds(1))
            #expect(await client.ask(.post, "/api/icons", body, key: key).status == 201)
            try await client.sweep()
            #expect(await client.ask(.post, "/api/icons", body, key: key).status == 429)
        }
    }

    @Test(arguments: Engine.tested)
    func `a minute has as many requests as the settings say`(on engine: Engine) async throws {
        try await withServer(on: engine, served, Self.limits(perMinute: 2)) { client in
            let (ada, bob) = (
                try await client.user(), try await client.user("bob@example.com")
            )
            for _ in 1...2 { try await client.drawn("A compass", by: ada) }
            let answer = await client.post(
                "/api/icons", ["prompt": "x"], bearer: ada.accessToken)
            #expect(answer.status == 429)
            #expect(answer.code == "RATE_LIMITED")
            #expect(answer[.retryAfter] == "60")
            #expect(answer["ratelimit-remaining"] == "0")
            #expect(await client.leftToday(ada) == 198)
            try await client.drawn("A compass", by: bob)
            client.clock.advance(by: .minutes(1))
            try await client.drawn("A compass", by: ada)
        }
    }

    @Test func `who draws and what is left can be asked`() async throws {
        try await withServer(on: .sqlite, served) { client in
            let user = try await client.user()
            try await client.drawn("A compass", by: user)
            let answer = await client.get("/api/icons/generator", bearer: user.accessToken)
            #expect(
                answer.json == [
                    "generator": "offline", "model": .null, "promptMax": 2000, "variantsMax": 3,
                    "attachmentsMax": 4, "svgBytesMax": 65536, "perMinute": 10, "perDay": 200,
                    "leftToday": 199,
                ])
        }
    }

    @Test(arguments: [(0, 0), (86_399, 0), (86_400, 86_400), (-1, -86_400)])
    func `a day begins at midnight, UTC`(second: Int64, day: Int64) {
        #expect(Instant(seconds: second).startOfDay == Instant(seconds: day))
        #expect(Instant(seconds: second).endOfDay == Instant(seconds: day + 86_400))
    }
}
