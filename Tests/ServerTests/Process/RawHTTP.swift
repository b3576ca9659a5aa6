import Glibc
import Testing

/// A connection to a server on this machine, byte by byte.
final class RawHTTP {
    private let socket: Int32

    struct Broken: Error { let call: String }

    init(port: Int) throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Broken(call: "connect") }
    }

    deinit { close(socket) }

    func send(_ text: String) throws {
        let bytes = Array(text.utf8)
        guard Glibc.send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
        else { throw Broken(call: "send") }
    }

    /// What comes next, at least a byte.
    func receive() throws -> String {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(socket, &buffer, buffer.count, 0)
        guard count > 0 else { throw Broken(call: "recv") }
        return String(decoding: buffer[..<count], as: UTF8.self)
    }

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
