import Glibc

/// Plain blocking HTTP/1.1, one connection a request. It shares no code with the server that it
/// tests, so that a mistake cannot hide on both sides.
struct HTTPExchange: Sendable {
    let port: Int

    struct Answer: Sendable {
        let status: Int
        let body: String
    }

    /// Sends one request; nil when there is no connection or no whole answer.
    func send(_ method: String, _ path: String, json: String? = nil) -> Answer? {
        var head = "\(method) \(path) HTTP/1.1\r\nHost: localhost:\(port)\r\nConnection: close\r\n"
        if let json {
            head += "Content-Type: application/json\r\nContent-Length: \(json.utf8.count)\r\n"
        }
        guard let connection = BlockingConnection(port: port, patience: .seconds(30)) else {
            return nil
        }
        connection.send(Array((head + "\r\n" + (json ?? "")).utf8))
        return Self.read(connection.receiveAll().bytes)
    }

    private static func read(_ bytes: [UInt8]) -> Answer? {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.range(of: "\r\n\r\n") else { return nil }
        let words = text.prefix { $0 != "\r\n" }.split(separator: " ")
        guard words.count > 1, let status = Int(words[1]) else { return nil }
        let head = text[..<end.lowerBound].lowercased()
        let body = text[end.upperBound...]
        if let length = head.firstRange(of: "content-length: ") {
            let declared = Int(head[length.upperBound...].prefix { $0.isNumber })
            guard declared == body.utf8.count else { return nil }
        }
        return Answer(status: status, body: String(body))
    }
}

extension String {
    fileprivate func range(of needle: String) -> Range<Index>? { firstRange(of: needle) }
}
