import DatabaseTesting
import Foundation

extension Command {
    static let webSockets = Command(
        name: "websockets",
        summary: "plays Python's websockets at echo-websocket, and at atrium's live events"
    ) { words in
        try Options(words).end()
        try WebSocketRun().runIfPossible()
    }
}

/// A client by other people against our servers: what both understand alike is probably right.
struct WebSocketRun {
    private static let python = ".build/python/bin/python"
    private static let scripts = "Tools/websockets"

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
        try playEcho(program)
        try playEvents()
    }

    private func playEcho(_ program: String) throws {
        let port = LoopbackSocket.freePort()
        let server = try ServerProcess(program, ["\(port)", "2"], log: ".build/echo-websocket.log")
        defer { server.stop() }
        guard server.listens(on: port) else {
            throw Problem("echo-websocket does not listen: \(server.lastWords)")
        }
        try play("conformance.py", "\(port)")
    }

    /// The last check of the script ends the server, which must end well.
    private func playEvents() throws {
        let server = try TrialServer([
            "resources=Examples/items", "realtime.signInTime=1s", "realtime.checkInterval=1s",
        ])
        defer { server.remove() }
        try server.start(with: ["baseURL=\(server.origin)"])
        try play("realtime.py", "\(server.port)", "\(server.processID)", origin: server.origin)
        guard server.stop() == 0 else {
            throw Problem("websockets: atrium did not end well when it was told to")
        }
    }

    private func play(_ script: String, _ words: String..., origin: String = "") throws {
        var tool = Tool([Self.python, "\(Self.scripts)/\(script)"] + words)
        tool.environment = ["ATRIUM_ORIGIN": origin]
        let (status, lines) = try tool.capture()
        guard status == 0, let total = lines.last(where: { $0.hasPrefix("TOTAL: ") }) else {
            throw Problem(
                "websockets, \(script): "
                    + lines.filter { !$0.hasPrefix("ok ") }.joined(separator: "\n"))
        }
        say("websockets, \(script): \(total.dropFirst(7))")
    }
}
