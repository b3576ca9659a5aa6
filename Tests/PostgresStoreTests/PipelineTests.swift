import SQL
import Testing

@testable import PostgresStore

/// Tickets are names, rows are numbers: no socket, no server.
struct PipelineTests {
    private typealias Flow = Pipeline<String, Int>

    /// A pipeline and the answers it gave, in order.
    private final class Fixture {
        var flow = Flow(batchLimit: 8)
        var answers: [String] = []

        func receive(_ events: Flow.Event...) -> Bool {
            var isUnderstood = true
            for event in events where isUnderstood {
                isUnderstood = flow.receive(event) { answers.append("\($0): \(Self.text($1))") }
            }
            return isUnderstood
        }

        func lose() {
            flow.lose { answers.append("\($0): \(Self.text($1))") }
        }

        @discardableResult
        func send(_ ticket: String, statement: Int, mode: Flow.Mode) -> Flow.Sending {
            flow.send(ticket, statement: statement, mode: mode)
        }

        func closeBatch() -> Bool { flow.closeBatch() }

        private static func text(_ reply: LinkReply<Int>) -> String {
            switch reply {
            case .rows(let rows): "\(rows)"
            case .failed(let error): error.message
            default: "\(reply)"
            }
        }

        /// Sends a statement that is prepared already.
        func prepare(_ statement: Int) {
            _ = flow.send("first", statement: statement, mode: .batched)
            _ = flow.closeBatch()
            _ = receive(.rows(0), .ended, .synced)
            _ = flow.closeBatch()
            _ = receive(.rows(0), .ended, .synced)
            answers = []
        }
    }

    private static let failure = DatabaseError(.other, "division by zero", engineCode: "22012")

    @Test func `a statement is prepared once, in a sync of its own`() {
        let fixture = Fixture()
        let first = fixture.send("a", statement: 3, mode: .batched)
        #expect(first == Flow.Sending(prepares: true))
        #expect(fixture.send("b", statement: 3, mode: .batched) == Flow.Sending())
        let other = fixture.send("c", statement: 40, mode: .batched)
        #expect(other == Flow.Sending(syncsBefore: true, prepares: true))
    }

    @Test func `a statement that is not kept is never prepared`() {
        let fixture = Fixture()
        #expect(fixture.send("a", statement: -1, mode: .batched) == Flow.Sending())
    }

    @Test func `reads share a sync and are answered as they come`() {
        let fixture = Fixture()
        fixture.prepare(1)
        for name in ["a", "b"] { fixture.send(name, statement: 1, mode: .batched) }
        #expect(fixture.closeBatch())
        #expect(fixture.receive(.rows(1), .ended))
        #expect(fixture.answers == ["a: 1"])
        #expect(fixture.receive(.rows(2), .ended, .synced))
        #expect(fixture.answers == ["a: 1", "b: 2"])
        #expect(fixture.flow.isIdle)
    }

    @Test func `the next batch waits until the last one's sync has come back`() {
        let fixture = Fixture()
        fixture.prepare(1)
        fixture.send("a", statement: 1, mode: .batched)
        #expect(fixture.closeBatch())
        fixture.send("b", statement: 1, mode: .batched)
        #expect(!fixture.closeBatch())
        #expect(fixture.receive(.rows(1), .ended, .synced))
        #expect(fixture.closeBatch())
        #expect(!fixture.closeBatch())
    }

    @Test func `a full batch does not wait`() {
        let fixture = Fixture()
        fixture.prepare(1)
        let sendings = (0..<8).map { fixture.send("\($0)", statement: 1, mode: .batched) }
        #expect(sendings.map(\.syncsAfter) == Array(repeating: false, count: 7) + [true])
    }

    @Test func `a failed read leaves what follows it in the batch undone`() {
        let fixture = Fixture()
        fixture.prepare(1)
        for name in ["a", "b", "c"] { fixture.send(name, statement: 1, mode: .batched) }
        _ = fixture.closeBatch()
        #expect(
            fixture.receive(
                .rows(1), .ended, .failed(Self.failure), .ended, .aborted, .ended, .synced))
        #expect(fixture.answers == ["a: 1", "b: division by zero", "c: aborted"])
    }

    @Test func `a write is answered when its sync has come back`() {
        let fixture = Fixture()
        fixture.prepare(1)
        let sending = fixture.send("write", statement: 1, mode: .alone)
        #expect(sending == Flow.Sending(syncsAfter: true))
        #expect(fixture.receive(.rows(1), .ended))
        #expect(fixture.answers.isEmpty)
        #expect(fixture.receive(.synced))
        #expect(fixture.answers == ["write: 1"])
    }

    @Test func `a commit that fails at the sync is the write's failure`() {
        let fixture = Fixture()
        fixture.prepare(1)
        fixture.send("write", statement: 1, mode: .alone)
        #expect(fixture.receive(.rows(1), .ended, .failed(Self.failure), .synced))
        #expect(fixture.answers == ["write: division by zero"])
        fixture.send("next", statement: 1, mode: .alone)
        #expect(fixture.receive(.rows(2), .ended, .synced))
        #expect(fixture.answers.last == "next: 2")
    }

    @Test func `a write closes the batch of reads before it`() {
        let fixture = Fixture()
        fixture.prepare(1)
        fixture.send("read", statement: 1, mode: .batched)
        let sending = fixture.send("write", statement: 1, mode: .alone)
        #expect(sending == Flow.Sending(syncsBefore: true, syncsAfter: true))
    }

    @Test func `a failed prepare is the failure of every statement that needed it`() {
        let fixture = Fixture()
        let missing = DatabaseError(.statement, "does not exist", engineCode: "26000")
        let syntax = DatabaseError(.statement, "syntax error", engineCode: "42601")
        fixture.send("a", statement: 1, mode: .batched)
        fixture.send("b", statement: 1, mode: .alone)
        #expect(fixture.receive(.failed(syntax), .ended, .synced))
        #expect(fixture.receive(.failed(missing), .ended, .synced))
        #expect(fixture.receive(.failed(missing), .ended, .synced))
        #expect(fixture.answers == ["a: syntax error", "b: syntax error"])
        #expect(fixture.send("c", statement: 1, mode: .batched).prepares)
    }

    @Test func `a plan that no longer fits is prepared under a new name`() {
        let fixture = Fixture()
        fixture.prepare(1)
        fixture.send("a", statement: 1, mode: .alone)
        let stale = DatabaseError(.statement, "cached plan", engineCode: "0A000")
        #expect(fixture.receive(.failed(stale), .ended, .synced))
        #expect(fixture.answers == ["a: stale"])
        let sending = fixture.send("a", statement: 1, mode: .alone)
        #expect(sending == Flow.Sending(prepares: true, syncsAfter: true, generation: 1))
    }

    @Test func `a statement does not run when the BEGIN before it fails`() {
        let fixture = Fixture()
        fixture.prepare(1)
        let sending = fixture.send("a", statement: 1, mode: .opening)
        #expect(sending == Flow.Sending(begins: true, syncsAfter: true))
        #expect(fixture.receive(.failed(Self.failure), .ended, .aborted, .ended, .synced))
        #expect(fixture.answers == ["a: division by zero"])
    }

    @Test func `all are told when the connection is lost`() {
        let fixture = Fixture()
        fixture.prepare(1)
        for name in ["failed", "held", "out"] {
            fixture.send(name, statement: 1, mode: .alone)
        }
        #expect(fixture.receive(.failed(Self.failure), .ended))
        fixture.lose()
        #expect(fixture.answers == ["failed: division by zero", "held: lost", "out: lost"])
        #expect(fixture.flow.isIdle)
    }

    @Test func `a write whose sync is out when the connection is lost is lost`() {
        let fixture = Fixture()
        fixture.prepare(1)
        fixture.send("write", statement: 1, mode: .alone)
        #expect(fixture.receive(.rows(1), .ended))
        fixture.lose()
        #expect(fixture.answers == ["write: lost"])
    }

    @Test func `a script fails with its first error, or is finished`() {
        let fixture = Fixture()
        fixture.flow.sendScript("good")
        #expect(fixture.receive(.rows(1), .rows(2), .ended))
        fixture.flow.sendScript("bad")
        #expect(fixture.receive(.rows(1), .failed(Self.failure), .ended))
        #expect(fixture.answers == ["good: finished", "bad: division by zero"])
    }

    @Test func `results that nobody asked for are not understood`() {
        let fixture = Fixture()
        #expect(!fixture.receive(.rows(1)))
        fixture.prepare(1)
        fixture.send("a", statement: 1, mode: .batched)
        #expect(!fixture.receive(.synced))
    }
}
