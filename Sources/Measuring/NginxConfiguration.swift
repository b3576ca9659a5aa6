/// Starts a variable wherever it stands in nginx's configuration; there is no way to quote it.
private let dollar = UInt8(ascii: "$")

/// nginx as the peer of a route: it gives one answer from memory, at two paths.
///
/// `/bare` has the body and nginx's own fields; `/same` also the fields that the program sends.
package struct NginxConfiguration: Sendable {
    package let port: Int
    package let directory: String
    package let body: String
    package let fields: [(name: String, value: String)]

    /// `head` is the head of the program's answer, `body` what follows it. Nil when nginx's
    /// configuration has no way to say them.
    package init?(port: Int, directory: String, head: String, body: String) {
        let fields = Self.fields(of: head)
        let texts = [body] + fields.map(\.value)
        if texts.contains(where: { $0.utf8.contains { $0 == dollar || $0 < 32 } }) { return nil }
        self.port = port
        self.directory = directory
        self.body = body
        self.fields = fields
    }

    private static func quoted(_ text: String) -> String {
        "'" + text.flatMap { $0 == "'" || $0 == "\\" ? ["\\", $0] : [$0] } + "'"
    }

    /// What nginx sends by itself is left to it.
    private static let own = [
        "date", "server", "content-length", "content-type", "connection", "keep-alive",
    ]

    private static func fields(of head: String) -> [(name: String, value: String)] {
        head.split(separator: "\r\n").dropFirst().compactMap { line in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let name = String(line[..<colon])
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            return own.contains(name.lowercased()) ? nil : (name, String(value))
        }
    }

    /// Two workers, no log, connections that stay: as the design's figures were taken.
    package var text: String {
        let added = fields.map { "add_header \($0.name) \(Self.quoted($0.value)) always;" }
        let answer = "return 200 \(Self.quoted(body));"
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map {
            "\($0)_temp_path \(directory)/\($0);"
        }
        return """
            daemon off; worker_processes 2; pid \(directory)/nginx.pid; error_log stderr error;
            events { worker_connections 4096; }
            http {
                access_log off; server_tokens off; default_type application/json;
                keepalive_timeout 75; keepalive_requests 1000000000;
                \(temporary.joined(separator: " "))
                server {
                    listen 127.0.0.1:\(port) reuseport backlog=1024;
                    location = /bare { \(answer) }
                    location = /same { \(added.joined(separator: " ")) \(answer) }
                }
            }
            """
    }
}
