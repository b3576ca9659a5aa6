import Foundation

extension Command {
    static let webSockets = Command(
        name: "websockets",
        summary: "plays Python's websockets at echo-websocket"
    ) { words in
        try Options(words).end()
        try WebSocketRun().runIfPossible()
    }
}

/// A client by other people against our server: what both understand alike is probably right.
struct WebSocketRun {
    private static let python = ".build/python/bin/python"
    private static let script = "Tools/websockets/conformance.py"

    /// packages/test.python lists the client; without it one line says what was skipped.
    func runIfPossible() throws {
        guard FileManager.default.fileExists(atPath: Self.python),
            try Tool(Self.python, "-c", "import websockets").run() == 0
        else {
            return say("websockets: SKIPPED, \(Self.python) has none; run packages/install test")
        }
        let program = ServerProcess.path(of: "echo-websocket")
        guard FileManager.default.fileExists(atPath: program) else {
            throw Problem("\(program) is not built")
        }
        try play(program)
    }

    private func play(_ program: String) throws {
        let port = BlockingConnection.freePort()
        let server = try ServerProcess(program, ["\(port)", "2"], log: ".build/echo-websocket.log")
        defer { server.stop() }
        guard server.listens(on: port) else {
            throw Problem("echo-websocket does not listen: \(server.lastWords)")
        }
        let (status, lines) = try Tool(Self.python, Self.script, "\(port)").capture()
        guard status == 0, let total = lines.last(where: { $0.hasPrefix("TOTAL: ") }) else {
            throw Problem(
                "websockets: " + lines.filter { !$0.hasPrefix("ok ") }.joined(separator: "\n"))
        }
        say("websockets: \(total.dropFirst(7))")
    }
}
