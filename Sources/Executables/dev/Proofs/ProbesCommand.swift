import Foundation

extension Command {
    static let probes = Command(
        name: "probes",
        summary: "plays malformed and smuggled requests at a server: [--port N], or one it starts"
    ) { words in
        var options = Options(words)
        let port = try options.value("--port").flatMap { Int($0) }
        try options.end()
        guard let port else { return try ProbeRun.atOwnServer() }
        try ProbeRun(port: port).run()
    }
}

/// Plays every probe and counts what was refused; first the well-formed requests that show that
/// a refusal means something.
struct ProbeRun {
    let port: Int

    static func atOwnServer() throws {
        let server = try TrialServer()
        defer { server.remove() }
        try server.start()
        try ProbeRun(port: server.port).run()
        server.stop()
    }

    func run() throws {
        try checkWellFormed()
        var table = TextTable("request", "answer", "connection", "")
        var refused = 0
        for probe in Probe.all {
            let answer = play(probe.bytes)
            if answer.isRefusal { refused += 1 }
            table.add(
                probe.name, answer.statuses.map(String.init).joined(separator: " "),
                "\(answer.end)", answer.isRefusal ? "refused" : "NOT REFUSED")
        }
        table.show()
        say("refused \(refused) of \(Probe.all.count)")
        guard refused == Probe.all.count else { throw Problem("the server lets some through") }
    }

    private func checkWellFormed() throws {
        let http = HTTPExchange(port: port)
        guard http.send("GET", "/health")?.status == 200 else {
            throw Problem("GET /health on port \(port) does not answer 200")
        }
        let login = #"{"email":"nobody@example.com","password":"Unknown12"}"#
        let answer = http.send("POST", "/api/v1/auth/login", json: login)
        guard let status = answer?.status, !Probe.refusals.contains(status) else {
            throw Problem("a well-formed sign-in is answered with \(answer?.status ?? 0)")
        }
    }

    private func play(_ bytes: [UInt8]) -> ProbeAnswer {
        guard let connection = BlockingConnection(port: port, patience: .seconds(1)) else {
            return ProbeAnswer([], .reset)
        }
        connection.send(bytes)
        let (received, end) = connection.receiveAll()
        return ProbeAnswer(received, end)
    }
}

/// What came back on one connection.
struct ProbeAnswer {
    let statuses: [Int]
    let end: BlockingConnection.End

    init(_ bytes: [UInt8], _ end: BlockingConnection.End) {
        let text = String(decoding: bytes, as: UTF8.self)
        statuses = text.split(separator: "HTTP/1.1 ", omittingEmptySubsequences: true)
            .compactMap { Int($0.prefix(3)) }
        self.end = end
    }

    /// One answer that says no, or none at all, and nothing more can be sent.
    var isRefusal: Bool {
        end != .silence && statuses.count <= 1 && statuses.allSatisfy(Probe.refusals.contains)
    }
}
