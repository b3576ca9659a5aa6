import DatabaseTesting

/// A connection to a server on this machine, byte by byte.
final class RawHTTP {
    private let socket: LoopbackSocket

    init(port: Int) throws { socket = try LoopbackSocket(port: port) }

    func send(_ text: String) throws { try socket.send(Array(text.utf8)) }

    /// What comes next, at least a byte.
    func receive() throws -> String { String(decoding: try socket.receive(), as: UTF8.self) }

    /// All that comes until the server closes.
    private func receiveAll() throws -> String {
        var text = ""
        while let more = try? receive() { text += more }
        return text
    }

    static func get(_ path: String, port: Int) throws -> String {
        let connection = try RawHTTP(port: port)
        try connection.send("GET \(path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        return try connection.receiveAll()
    }

    static func send(
        _ method: String, _ path: String, _ json: String?, bearer token: String, port: Int
    ) throws -> String {
        let connection = try RawHTTP(port: port)
        let body = json ?? ""
        try connection.send(
            "\(method) \(path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                + "Authorization: Bearer \(token)\r\n"
                + (json == nil ? "" : "Content-Type: application/json\r\n")
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        return try connection.receiveAll()
    }

    static func post(_ path: String, _ json: String, port: Int) throws -> String {
        let connection = try RawHTTP(port: port)
        try connection.send(
            "POST \(path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: \(json.utf8.count)\r\n\r\n\(json)"
        )
        return try connection.receiveAll()
    }
}
