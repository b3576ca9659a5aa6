import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing

/// The same events as server-sent events.
@Suite(.timeLimit(.minutes(3))) struct EventStreamTests {
    @Test(arguments: Engine.tested)
    func `a stream tells of several topics, and goes on where it was`(
        on engine: Engine
    ) async throws {
        try await withRealtime(on: engine) { client in
            let ada = try await client.user()
            let path = "/api/events?topics=resources/items,resources/notices"
            let answer = await client.get(path, bearer: ada.accessToken)
            #expect(answer[.contentType] == "text/event-stream")
            let stream = try EventReader(answer)
            let begun = [await stream.next("ack"), await stream.next("ack")]
            let start = try #require(begun[0]?.json?["seq"]?.asInteger)
            #expect(begun[1]?.id == "\(start),\(start)")
            _ = try await client.make("items", ["name": "Engine"], by: ada)
            let first = await stream.next("event")
            #expect(first?.json?.line == "created Engine")
            #expect(first?.id == "\(start + 1),\(start)")
            _ = try await client.make("notices", ["text": "Tea"], by: ada)
            #expect(await stream.next("event")?.id == "\(start + 1),\(start + 2)")
            await stream.leave()
            _ = try await client.make("items", ["name": "Loom"], by: ada)
            let again = try EventReader(
                await client.get(
                    path, bearer: ada.accessToken,
                    [FieldName("last-event-id"): first?.id ?? ""]))
            let missed = [await again.next("event"), await again.next("event")]
            // Each topic comes in its order; between two there is none.
            #expect(
                missed.compactMap { $0?.json?.line }.sorted() == ["created Loom", "created Tea"])
            await again.leave()
            let byQuery = try EventReader(
                await client.get(path + "&since=\(start),\(start)", bearer: ada.accessToken))
            #expect(await byQuery.next("event")?.json?.line == "created Engine")
            await byQuery.leave()
        }
    }

    @Test func `who may not listen is refused before the stream begins`() async throws {
        try await withRealtime(on: .sqlite) { client in
            let ada = try await client.user()
            for (query, bearer, status) in [
                ("topics=resources/items", nil, 401), ("topics=resources/nothing", nil, 404),
                ("topics=resources/notices", "wrong", 401), ("topics=nonsense", nil, 400),
                ("topics=", nil, 400), ("", nil, 400),
                ("topics=resources/items&since=x", ada.accessToken, 400),
                ("topics=resources/items&since=1,2", ada.accessToken, 400),
            ] as [(String, String?, Int)] {
                let answer = await client.another().get("/api/events?" + query, bearer: bearer)
                #expect(answer.status == status, "\(query): \(answer.text)")
            }
            let many = (0..<21).map { "resources/a\($0)" }.joined(separator: ",")
            #expect(await client.get("/api/events?topics=" + many).status == 400)
        }
    }

    @Test(arguments: Engine.tested)
    func `a stream ends with its session, and with the server`(on engine: Engine) async throws {
        try await withRealtime(on: engine) { client in
            let ada = try await client.user()
            let hers = try EventReader(
                await client.get("/api/events?topics=resources/items", bearer: ada.accessToken))
            _ = await hers.next("ack")
            let answer = await client.post(
                "/api/v1/auth/logout", ["refreshToken": .string(ada.refreshToken)],
                bearer: ada.accessToken)
            try #require(answer.status < 300, "\(answer.text)")
            #expect(await hers.next("error")?.json?["code"] == "SESSION_ENDED")
            #expect(await hers.next() == nil)
            let open = try EventReader(await client.get("/api/events?topics=resources/notices"))
            _ = await open.next("ack")
            await client.server.close()
            #expect(await open.next("reconnect")?.json?["after"]?.asInteger != nil)
            #expect(await open.next("error")?.json?["code"] == "GOING_AWAY")
            #expect(await open.next() == nil)
        }
    }

    @Test func `a quiet stream is kept open by comments`() async throws {
        try await withRealtime(on: .sqlite) { client in
            let stream = try EventReader(await client.get("/api/events?topics=resources/notices"))
            _ = await stream.next("ack")
            await client.server.checkRealtime()
            await stream.leave()
        }
    }
}
