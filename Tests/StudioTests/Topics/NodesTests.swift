import AtriumTesting
import Coding
import DatabaseTesting
import SQL
import Testing
import Values

@testable import Realtime
@testable import Server
@testable import Studio

/// S4-23: any node answers anything: nothing of a stream is one node's own.
@Suite(.timeLimit(.minutes(3))) struct NodesTests {
    /// The same program a second time over the same database, as another node is.
    private static func withNode(
        _ client: TestClient, _ body: (Realtime) async throws -> Void
    ) async throws {
        let program = client.server.program
        let node = Realtime(
            Realtime.Parts(
                identity: program.identity, bus: client.server.parts.bus.bus,
                changes: program.changes, topics: program.studio.topics, rows: program.rows,
                surfaces: program.surfaces, clock: client.clock.clock), RealtimeLimits(),
            webSocket: .init(),
            families: Studio(
                Studio.Parts(
                    identity: program.identity, limiter: client.server.parts.limiter,
                    files: program.files, topics: program.studio.topics,
                    signing: client.server.parts.secrets.signing,
                    callers: program.surfaces.callers, baseURL: program.studio.baseURL),
                program.studio.options
            ).topicFamilies)
        try await node.start(on: client.server.loops.any, .none)
        do {
            try await body(node)
        } catch {
            await node.stop()
            throw error
        }
        await node.stop()
    }

    // S4-13 S4-23
    @Test(arguments: Engine.tested)
    func `an overlay of one node shows what was triggered on another`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine, served()) { client in
            let ada = try await TestCreator(client)
            let id = try await ada.start()
            let key = try await ada.overlayKey(id)
            try await Self.withNode(client) { node in
                let overlay = await TestSocket.open(
                    SocketHandler(node, RealtimeCaller.nobody))
                #expect(await overlay.follow(id, key: key)?["type"] == "ack")
                await ada.trigger("confetti", on: id)
                let told = await overlay.next("event")
                #expect(told?["data"]?["effectId"] == "confetti")
                // It goes on where it was, on the node of the others.
                await overlay.leave()
                await ada.trigger("snow", on: id)
                let again = try await client.another().socket()
                await again.follow(id, key: key, since: told?["seq"]?.asInteger)
                #expect(await again.next("event")?["data"]?["effectId"] == "snow")
                // A link that is made anew on one node ends what the old one opened on the other.
                let lasting = await TestSocket.open(
                    SocketHandler(node, RealtimeCaller.nobody))
                let old = try await ada.lastingKey()
                #expect(await lasting.follow(creator: ada.user.id, key: old)?["type"] == "ack")
                #expect(await lasting.follow(id, key: old)?["type"] == "ack")
                #expect(await ada.ask(.post, "/api/studio/overlay/renew").status == 200)
                for _ in 1...2 {
                    #expect(await lasting.next("left")?["code"] == "TOPIC_NOT_FOUND")
                }
                // Asked on two nodes at once, a stream ends once.
                let pages = [
                    try await ada.socket(),
                    await TestSocket.open(
                        SocketHandler(
                            node, try await node.caller(ofToken: ada.user.accessToken))),
                ]
                let answers = await race(2, client) { index in
                    await pages[index].ask([
                        "type": "session.end", "id": 1, "sessionId": .string(id),
                    ])
                }
                #expect(answers.allSatisfy { $0?["session"]?["status"] == "ended" })
                #expect(answers[0]?["session"]?["endTime"] == answers[1]?["session"]?["endTime"])
            }
        }
    }
}
