import Values

/// How the end of an answer's body is told (RFC 9112 §6).
package enum AnswerFraming: Equatable, Sendable {
    /// The head is all: 204, 304, answers to HEAD of unknown length.
    case none
    case length(Int)
    case chunked
    /// By closing: HTTP/1.0 and an unknown length.
    case close

    package init(of response: borrowing Response, toHEAD isHead: Bool, isHTTP10: Bool) {
        if response.status.forbidsBody {
            self = .none
        } else if let length = response.body.length {
            self = .length(length)
        } else if isHead {
            self = .none
        } else {
            self = isHTTP10 ? .close : .chunked
        }
    }
}

extension ResponseBody {
    /// In bytes, if known before it is produced.
    package var length: Int? {
        switch self {
        case .empty: 0
        case .bytes(let bytes): bytes.count
        case .pieces(let pieces): pieces.reduce(0) { $0 + $1.length }
        case .stream(let length, _): length
        case .webSocket: 0
        }
    }
}

/// The fields that every answer of a server has, written once.
package struct CommonFields: Sendable {
    let bytes: [UInt8]

    package init(_ fields: Fields) { bytes = fields.lines }
}

/// The `Date` field, made anew once a second.
package struct DateField {
    private var second = Int64.min
    private(set) var bytes: [UInt8] = []

    package init() {}

    package mutating func update(_ now: Instant) {
        let second = now.seconds
        if second == self.second { return }
        self.second = second
        bytes = Array("date: \(HTTPDate.text(now))\r\n".utf8)
    }
}

extension OutputBuffer {
    /// Writes the head of an answer. What the framing says is not left to the handler's fields.
    package func appendHead(
        _ response: borrowing Response, framing: AnswerFraming, keepsAlive: Bool,
        isHTTP10: Bool = false, date: borrowing DateField, common: borrowing CommonFields
    ) {
        appendStatusLine(response.status)
        append(date.bytes)
        append(common.bytes)
        append(response.fields)
        switch framing {
        case .length(let length):
            append("content-length: ")
            append(decimal: length)
            append("\r\n")
        case .chunked: append("transfer-encoding: chunked\r\n")
        case .none, .close: break
        }
        if !keepsAlive {
            append("connection: close\r\n\r\n")
        } else if isHTTP10 {
            append("connection: keep-alive\r\n\r\n")
        } else {
            append("\r\n")
        }
    }

    private func append(_ fields: Fields) {
        guard fields.hasConnectionFields else { return append(fields.lines) }
        append(Fields(fields.all.filter { !$0.name.belongsToConnection }).lines)
    }

    private func appendStatusLine(_ status: Status) {
        if status.code == 200 { return append("HTTP/1.1 200 OK\r\n") }
        append("HTTP/1.1 ")
        append(decimal: status.code)
        append(" ")
        append(status.reason)
        append("\r\n")
        // What an `Upgrade` field beside it is about (RFC 9110 §7.8).
        if status == .switchingProtocols || status == .upgradeRequired {
            append("connection: upgrade\r\n")
        }
    }

    package func appendContinue() { append("HTTP/1.1 100 Continue\r\n\r\n") }
}

extension FieldName {
    /// Fields that only the connection writes.
    var belongsToConnection: Bool {
        switch text.utf8.count {
        case 4: text == "date"
        case 10: text == "connection" || text == "keep-alive"
        case 14: text == "content-length"
        case 17: text == "transfer-encoding"
        default: false
        }
    }
}
