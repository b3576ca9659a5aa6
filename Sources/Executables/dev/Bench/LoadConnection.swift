import DatabaseTesting
import Glibc

/// A connection that stays open: one request, one whole answer, as often as asked.
final class LoadConnection {
    private let socket: LoopbackSocket

    struct Answer {
        let status: Int
        let head: String
        let body: String

        /// The value of the first field of this name.
        func field(_ name: String) -> String? {
            head.split(separator: "\r\n").dropFirst().first {
                $0.lowercased().hasPrefix(name.lowercased() + ":")
            }.map { String($0.dropFirst(name.count + 1).drop { $0 == " " }) }
        }
    }

    /// Nil when nothing listens.
    init?(port: Int) {
        guard let socket = try? LoopbackSocket(port: port, patience: .seconds(30)) else {
            return nil
        }
        self.socket = socket
    }

    /// Nil when the connection ends before the answer does.
    func send(
        _ method: String, _ path: String, fields: [String] = [], json: String? = nil
    ) -> Answer? {
        var head = "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\n"
        for field in fields { head += field + "\r\n" }
        if let json {
            head += "Content-Type: application/json\r\nContent-Length: \(json.utf8.count)\r\n"
        }
        guard send(Array((head + "\r\n" + (json ?? "")).utf8)) else { return nil }
        return receiveAnswer()
    }

    func send(_ bytes: [UInt8]) -> Bool { (try? socket.send(bytes)) != nil }

    /// The next `count` bytes; nil when they do not come.
    func receive(_ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        let received = recv(socket.descriptor, &bytes, count, Int32(MSG_WAITALL))
        return received == count ? bytes : nil
    }

    func receiveAnswer() -> Answer? {
        var bytes: [UInt8] = []
        while let (head, rest) = receiveHead(&bytes) {
            let words = head.prefix { $0 != "\r\n" }.split(separator: " ")
            guard words.count > 1, let status = Int(words[1]) else { return nil }
            let answer = Answer(status: status, head: head, body: "")
            if status == 101 || status == 204 { return answer }
            guard let length = answer.field("content-length").flatMap({ Int($0) }),
                let body = receive(length, beginning: rest)
            else { return nil }
            return Answer(
                status: status, head: head, body: String(decoding: body, as: UTF8.self))
        }
        return nil
    }

    private func receive(_ count: Int, beginning: ArraySlice<UInt8>) -> [UInt8]? {
        if beginning.count >= count { return Array(beginning.prefix(count)) }
        return receive(count - beginning.count).map { Array(beginning) + $0 }
    }

    private func receiveHead(_ bytes: inout [UInt8]) -> (head: String, rest: ArraySlice<UInt8>)? {
        var buffer = [UInt8](repeating: 0, count: 16384)
        while true {
            if let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) {
                let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
                return (head, bytes[end.upperBound...])
            }
            let count = recv(socket.descriptor, &buffer, buffer.count, 0)
            if count <= 0 { return nil }
            bytes += buffer[..<count]
        }
    }
}
