import HTTP
import Synchronization

/// What a server has done so far, for metrics.
package struct ServerCounts: Sendable, Equatable {
    package var accepted = 0
    package var open = 0
    /// Connections turned away with 503 because too many were open.
    package var turnedAway = 0
    /// Open connections that are WebSockets now.
    package var webSockets = 0
    package var requests = 0
    /// Answers by the first digit of their status; index 0 is unused.
    package var answersByKind = [0, 0, 0, 0, 0, 0]
    package var bytesIn = 0
    package var bytesOut = 0

    package init() {}
}

/// The counts of one worker. Only its loop writes, so that a plain store is enough; anybody reads.
final class WorkerCounts: Sendable {
    let accepted = Atomic(0)
    let turnedAway = Atomic(0)
    let closed = Atomic(0)
    let webSocketsOpened = Atomic(0)
    let webSocketsClosed = Atomic(0)
    let requests = Atomic(0)
    let bytesIn = Atomic(0)
    let bytesOut = Atomic(0)
    private let kind1 = Atomic(0)
    private let kind2 = Atomic(0)
    private let kind3 = Atomic(0)
    private let kind4 = Atomic(0)
    private let kind5 = Atomic(0)

    func countAnswer(_ status: Status) {
        switch status.kind {
        case 1: kind1.bump()
        case 2: kind2.bump()
        case 3: kind3.bump()
        case 4: kind4.bump()
        default: kind5.bump()
        }
    }

    func add(to counts: inout ServerCounts) {
        counts.accepted += accepted.value
        counts.turnedAway += turnedAway.value
        counts.open += accepted.value - closed.value
        counts.webSockets += webSocketsOpened.value - webSocketsClosed.value
        counts.requests += requests.value
        counts.bytesIn += bytesIn.value
        counts.bytesOut += bytesOut.value
        counts.answersByKind[1] += kind1.value
        counts.answersByKind[2] += kind2.value
        counts.answersByKind[3] += kind3.value
        counts.answersByKind[4] += kind4.value
        counts.answersByKind[5] += kind5.value
    }
}

extension Atomic where Value == Int {
    /// For the only thread that writes.
    @inline(__always)
    func bump(_ count: Int = 1) {
        store(load(ordering: .relaxed) &+ count, ordering: .relaxed)
    }

    var value: Int { load(ordering: .relaxed) }
}
