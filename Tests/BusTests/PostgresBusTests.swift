import DatabaseTesting
import PostgresStore
import SQL
import Testing

@testable import Bus

@Suite(.enabled(if: PostgresCluster.isExpected)) struct PostgresBusTests {
    @Test func `all nodes hear a message once, in order`() async throws {
        try await withNodes(3) { nodes, _ in
            let heard = nodes.map { _ in Heard() }
            let subscriptions = zip(nodes, heard).map { node, heard in
                node.subscribe("a") { heard.add($0) }
            }
            for number in 0..<50 { try await nodes[number % 2].publish("a", "\(number)") }
            try await nodes[0].publish("a", "end")
            for listener in heard { await listener.wait(for: 51) }
            let numbers = (0..<50).map { BusEvent.message("\($0)") }
            #expect(heard[2].events == numbers + [.message("end")])
            for listener in heard {
                #expect(Set(listener.events) == Set(numbers + [.message("end")]))
            }
            withExtendedLifetime(subscriptions) {}
        }
    }

    @Test func `a lost connection is a gap, and then messages are heard again`() async throws {
        try await withNodes(2) { nodes, place in
            let heard = Heard()
            let subscription = nodes[0].subscribe("a") { heard.add($0) }
            let database = String(place.location.split(separator: "/")[1].prefix { $0 != "?" })
            try PostgresCluster.shared.run(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND query LIKE 'LISTEN%'
                """, in: database)
            await heard.wait(for: 2)
            #expect(heard.events == [.gap, .gap])
            try await nodes[1].publish("a", "1")
            await heard.wait(for: 3)
            #expect(heard.events.last == .message("1"))
            withExtendedLifetime(subscription) {}
        }
    }

    @Test func `its statement is what it is declared to be`() async throws {
        let place = try TestDatabase(on: .postgres)
        let options = PostgresOptions(url: place.location)
        let store = try await PostgresStore.open(options, loops: testLoops)
        let problems = await StatementCheck(on: store).problems(in: PostgresBus.statements)
        #expect(problems == [])
        await store.close()
        place.remove()
    }

    @Test func `notifications of others on the channel are ignored`() async throws {
        try await withNodes(1) { nodes, place in
            let heard = Heard()
            let subscription = nodes[0].subscribe("a") { heard.add($0) }
            let database = String(place.location.split(separator: "/")[1].prefix { $0 != "?" })
            try PostgresCluster.shared.run(
                "NOTIFY atrium_bus; NOTIFY atrium_bus, 'x'; NOTIFY atrium_bus, 'x a 1'",
                in: database)
            await heard.wait(for: 1)
            #expect(heard.events == [.message("1")])
            withExtendedLifetime(subscription) {}
        }
    }

    @Test(arguments: ["", "a b", " "]) func `a message keeps its payload`(_ payload: String) throws
    {
        let message = try BusMessage(from: "n1", "a.b", payload)
        #expect(BusMessage(message.text) == message)
    }
}
