import AtriumTesting
import Coding
import DatabaseTesting
import SQL
import Testing

/// One user cannot have all connections of a node.
@Suite(.timeLimit(.minutes(3))) struct ConnectionLimitTests {
    @Test(arguments: Engine.tested)
    func `one user has so many connections of both kinds, and others theirs`(
        on engine: Engine
    ) async throws {
        try await withRealtime(on: engine, .set(\.realtime.userConnections, 2)) { client in
            let ada = try await client.user()
            let bob = try await client.user("bob@example.com")
            let stream = "/api/events?topics=resources/items"
            let first = try await client.socket(bearer: ada.accessToken)
            let second = try EventReader(await client.get(stream, bearer: ada.accessToken))
            _ = await second.next("ack")
            // Not a word before: who is greeted and then sent away would come back at once.
            try await expectRefusal(of: client.socket(bearer: ada.accessToken))
            let answer = await client.get(stream, bearer: ada.accessToken)
            #expect(answer.status == 429)
            #expect(answer.json["error"]?["code"] == "TOO_MANY_CONNECTIONS")
            #expect(answer[.retryAfter] == "30")
            let other = try await client.socket(bearer: bob.accessToken)
            #expect(await other.next()?["user"] == .string(bob.id))
            #expect(first.isOpen)
            // What was refused has left no trace, and what ends makes room.
            await second.leave()
            let third = try await client.socket(bearer: ada.accessToken)
            #expect(await third.next()?["user"] == .string(ada.id))
            try await expectRefusal(of: client.socket(bearer: ada.accessToken))
        }
    }

    @Test func `who says only later whose he is counts from then on`() async throws {
        try await withRealtime(on: .sqlite, .set(\.realtime.userConnections, 1)) { client in
            let ada = try await client.user()
            let first = try await client.socket(bearer: ada.accessToken)
            let strangers = [try await client.socket(), try await client.socket()]
            for socket in strangers {
                #expect(await socket.next()?["type"] == "hello")
                await socket.say(["type": "auth", "token": .string(ada.accessToken)])
                try await expectRefusal(of: socket)
            }
            #expect(first.isOpen)
            await first.leave()
        }
    }

    @Test func `of many that come at once so many stay as may`() async throws {
        try await withRealtime(on: .sqlite, .set(\.realtime.userConnections, 3)) { client in
            let ada = try await client.user()
            let path = "/api/events?topics=resources/items"
            // Asked for before any of them is open: the streams begin when they are read.
            var answers: [TestAnswer] = []
            for _ in 0..<8 { answers.append(await client.get(path, bearer: ada.accessToken)) }
            #expect(answers.allSatisfy { $0.status == 200 })
            let streams = try answers.map { try EventReader($0) }
            var codes: [JSON?] = []
            for stream in streams {
                let event = await stream.next()
                codes.append(event?.name == "error" ? event?.json?["code"] : nil)
            }
            #expect(codes.filter { $0 == nil }.count == 3)
            #expect(codes.filter { $0 == "TOO_MANY_CONNECTIONS" }.count == 5)
            for stream in streams { await stream.leave() }
        }
    }

    private func expectRefusal(
        of socket: TestSocket, at location: SourceLocation = #_sourceLocation
    ) async throws {
        let message = await socket.next()
        #expect(message == nil, sourceLocation: location)
        let end = await socket.end
        #expect(end?.code.code == 4429, sourceLocation: location)
        #expect(
            end?.reason == "TOO_MANY_CONNECTIONS: close another one first",
            sourceLocation: location)
    }
}
