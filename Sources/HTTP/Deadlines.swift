/// When a connection's patience ends, for each thing that it may be waiting for. `max` is never.
struct Deadlines {
    private(set) var head = UInt64.max
    private(set) var body = UInt64.max
    private(set) var handler = UInt64.max
    private(set) var write = UInt64.max
    private(set) var linger = UInt64.max
    private var bodyBytes = 0

    private let rules: ConnectionRules
    private var spans: Spans { rules.spans }

    init(rules: ConnectionRules) { self.rules = rules }

    var next: UInt64 { min(min(min(head, body), min(handler, write)), linger) }

    mutating func becomeIdle(_ now: UInt64) {
        head = now.later(spans.idle)
        (body, handler) = (.max, .max)
    }

    mutating func beginHead(_ now: UInt64) { head = now.later(spans.head) }

    mutating func beginHandler(_ now: UInt64) {
        head = .max
        handler = now.later(spans.handler)
    }

    mutating func endHandler() { handler = .max }

    /// While a body is awaited, the client and not the handler is the one who is slow.
    mutating func beginBody(_ now: UInt64) {
        handler = .max
        bodyBytes = 0
        body = now.later(spans.body)
    }

    mutating func bodyArrived(_ count: Int, _ now: UInt64) {
        bodyBytes += count
        if bodyBytes >= spans.bodyBytes && body != .max { beginBody(now) }
    }

    /// A span ended. Fast clients have begun the next one already, in `bodyArrived`.
    mutating func bodyIsFastEnough(_ now: UInt64) -> Bool { now < body }

    mutating func endBody() { body = .max }

    mutating func beginWrite(_ now: UInt64) { write = now.later(spans.write) }
    mutating func endWrite() { write = .max }

    mutating func beginLinger(_ now: UInt64) {
        (head, body, handler) = (.max, .max, .max)
        linger = now.later(spans.linger)
    }
}

/// The limits of all connections of a server, in a form that is quick to use.
package final class ConnectionRules: Sendable {
    package let limits: HTTPLimits
    let spans: Spans
    /// No deadline is set nearer than this, in nanoseconds; at least a millisecond.
    package let shortestSpan: UInt64

    package init(_ limits: HTTPLimits) {
        self.limits = limits
        spans = Spans(limits)
        let shortest = min(
            min(spans.head, spans.body, spans.idle), min(spans.handler, spans.write, spans.linger))
        shortestSpan = max(shortest, 1_000_000)
    }
}

/// The limits that are times, in nanoseconds: durations of 128 bits are slow to add for each
/// request.
struct Spans: Sendable {
    let head: UInt64
    let body: UInt64
    let idle: UInt64
    let handler: UInt64
    let write: UInt64
    let linger: UInt64
    let bodyBytes: Int

    init(_ limits: HTTPLimits) {
        head = limits.headTime.nanoseconds
        body = limits.bodySpan.nanoseconds
        idle = limits.idleTime.nanoseconds
        handler = limits.handlerTime.nanoseconds
        write = limits.writeTime.nanoseconds
        linger = limits.lingerTime.nanoseconds
        bodyBytes = limits.bodyBytesPerSpan
    }
}

extension Duration {
    var nanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        let whole = UInt64(clamping: seconds).multipliedReportingOverflow(by: 1_000_000_000)
        return whole.overflow
            ? .max : whole.partialValue.later(UInt64(clamping: attoseconds) / 1_000_000_000)
    }
}

extension UInt64 {
    /// Never wraps.
    func later(_ span: UInt64) -> UInt64 {
        let sum = addingReportingOverflow(span)
        return sum.overflow ? .max : sum.partialValue
    }
}
