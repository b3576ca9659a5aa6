import DatabaseTesting
import Foundation

/// The program `echo-websocket` of this build: a server that gives every message back.
final class EchoServer {
    static let path = "/echo"
    static let program = "echo-websocket"

    let port = LoopbackSocket.freePort()
    let child: Child

    init(_ bench: Bench) throws {
        child = try Child(
            [ServerProcess.path(of: Self.program), "\(port)"], log: bench.path("echo.log"))
        for _ in 0..<2000 where child.isRunning {
            if LoadConnection(port: port) != nil { return }
            usleep(5000)
        }
        throw Problem("\(Self.program) does not answer: \(child.lines.last ?? "no word")")
    }
}
