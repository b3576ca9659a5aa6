import DatabaseTesting
import Foundation
import Measuring

/// nginx that gives one answer of ours from memory.
final class Nginx {
    let port: Int
    let child: Child

    init(_ bench: Bench, as answer: LoadConnection.Answer) throws {
        port = LoopbackSocket.freePort()
        let directory = bench.path("nginx-\(port)")
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
        guard
            let configuration = NginxConfiguration(
                port: port, directory: directory, head: answer.head, body: answer.body)
        else { throw Problem("nginx cannot be made to answer \(answer.body)") }
        let file = directory + "/nginx.conf"
        try TextFile.write(configuration.text, to: file)
        let program = Tool.exists("nginx") ? "nginx" : "/usr/sbin/nginx"
        child = try Child([program, "-p", directory, "-c", file], log: directory + "/log")
        try check(answer)
    }

    /// That it says the same before it is measured for saying it.
    private func check(_ answer: LoadConnection.Answer) throws {
        for _ in 0..<400 where child.isRunning {
            if let given = LoadConnection(port: port)?.send("GET", "/same") {
                guard given.status == 200, given.body == answer.body else {
                    throw Problem("nginx answers \(given.status) \(given.body)")
                }
                return
            }
            usleep(5000)
        }
        throw Problem("nginx does not answer: \(child.lines.last ?? "no word")")
    }
}
