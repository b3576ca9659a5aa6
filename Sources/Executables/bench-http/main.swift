import Glibc
import HTTP
import HTTPServer
import Loop

// The server by itself, for measuring it beside nginx: `bench-http PORT LOOPS`. It answers every
// request with 197 bytes of JSON, and paths below /later by way of a suspension.

private let body = Array(
    (#"{"id":42,"name":"Ada Lovelace","email":"ada@example.org","active":true,"#
        + #""roles":["admin","editor"],"created":"2026-01-01T00:00:00Z","#
        + #""bio":"The first programmer, more or less.","score":294,"ok":1}"#).utf8)

nonisolated private func serve() {
    let port = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 9100
    let loops = CommandLine.arguments.dropFirst(2).first.flatMap { Int($0) } ?? 1
    let group = EventLoopGroup(count: loops)
    let configuration = ServerConfiguration(
        addresses: [ListenAddress(host: "127.0.0.1", port: port)])
    let server = HTTPServer(configuration, group: group) { request in
        if request.path == "/later" { await Task.yield() }
        return .json(body)
    }
    do {
        group.start()
        try server.start()
    } catch {
        let text = Array("\(error)\n".utf8)
        _ = write(2, text, text.count)
        exit(1)
    }
    while true { pause() }
}

serve()
