import DatabaseTesting

extension BenchRow {
    static let connections = BenchRow(
        name: "connections", what: "memory of 10,000 connections that stay open"
    ) { bench in
        let server = try BenchServer(bench, on: .sqlite)
        defer { server.stop() }
        let idle = IdleConnections(port: server.port, pid: server.child.pid) { connection in
            connection.send("GET", "/health")?.status == 200
        }
        return try idle.measure("connections", "idle keep-alive connection", atMost: 1)
    }

    static let webSockets = BenchRow(
        name: "websockets", what: "memory of 10,000 WebSockets that stay open",
        program: EchoServer.program
    ) { bench in
        let server = try EchoServer(bench)
        defer { server.child.end() }
        let idle = IdleConnections(
            port: server.port, pid: server.child.pid,
            open: { connection in
                WebSocketClient.isAccepted(on: connection, path: EchoServer.path)
            }, ask: { WebSocketClient.echoes(on: $0) })
        return try idle.measure("websockets", "idle WebSocket")
    }
}
