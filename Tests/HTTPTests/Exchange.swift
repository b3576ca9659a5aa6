import HTTP

/// A connection without a socket: feeds bytes and time to the state machine and writes down what it
/// asks for, one line for each request, refusal and end.
struct Exchange {
    enum Answering { case atOnce, never }

    let state: ConnectionState
    var now: UInt64 = 0
    var log: [String] = []
    private let scratch: HeadScratch
    private var input: [UInt8] = []
    private var current = ""
    private let answering: Answering
    private(set) var isOver = false

    init(_ limits: HTTPLimits = HTTPLimits(), answering: Answering = .atOnce) {
        state = ConnectionState(rules: ConnectionRules(limits), now: 0)
        scratch = HeadScratch(limits: limits)
        self.answering = answering
    }

    mutating func feed(_ text: String) { feed(Array(text.utf8)) }

    mutating func feed(_ bytes: [UInt8]) {
        if isOver { return }
        input += bytes
        run()
    }

    mutating func run() {
        while !isOver {
            var used = 0
            let step = input.withUnsafeBufferPointer {
                state.next($0, scratch: scratch, now: now, used: &used)
            }
            let taken = input
            input.removeFirst(used)
            switch step {
            case .wait: return
            case .again: break
            case .request(let head, let body): begin(head, body)
            case .body(let range): current += String(decoding: taken[range], as: UTF8.self)
            case .bodyEnd: end()
            case .refuse(let status): refuse(status)
            case .close: close("close")
            }
        }
    }

    private mutating func begin(_ head: RequestHead, _ body: ConnectionState.BodyStart) {
        current = "\(head.method) \(head.path)"
        if let query = head.query { current += "?\(query)" }
        switch body {
        case .none: end()
        case .whole(let bytes):
            current += " " + String(decoding: bytes, as: UTF8.self)
            end()
        case .stream: current += " "
        }
    }

    private mutating func end() {
        log.append(current)
        if answering == .atOnce { answer() }
    }

    mutating func answer() {
        let keeps = state.beginAnswer()
        after(state.endAnswer(now))
        if !keeps { log.append("last") }
    }

    mutating func refuse(_ status: Status) {
        log.append("\(status.code)")
        after(state.refused(now))
        isOver = true
    }

    private mutating func after(_ next: ConnectionState.Next) {
        if next != .read { isOver = true }
    }

    private mutating func close(_ word: String) {
        log.append(word)
        isOver = true
    }

    mutating func pass(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        now += UInt64(seconds) * 1_000_000_000 + UInt64(attoseconds) / 1_000_000_000
        switch state.expire(now) {
        case .none: break
        case .refuse(let status): refuse(status)
        case .close: close("close")
        }
    }
}

/// What becomes of bytes that come all at once.
func outcome(_ text: String, _ limits: HTTPLimits = HTTPLimits()) -> [String] {
    var exchange = Exchange(limits)
    exchange.feed(text)
    return exchange.log
}

/// What becomes of them when they come in pieces of `size`.
func outcome(_ text: String, inPiecesOf size: Int, _ limits: HTTPLimits = HTTPLimits()) -> [String]
{
    var exchange = Exchange(limits)
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: size) {
        exchange.feed(Array(bytes[start..<min(start + size, bytes.count)]))
    }
    return exchange.log
}

let host = "Host: a\r\n"

func post(_ fields: String, _ body: String = "") -> String {
    "POST /u HTTP/1.1\r\n\(host)\(fields)\r\n\(body)"
}
