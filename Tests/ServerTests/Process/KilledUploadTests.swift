import Coding
import DatabaseTesting
import Foundation
import Loop
import SQL
import Testing

/// Uploads to the real program: it is killed in their midst, and clients leave in their midst. What is
/// left half written is nobody's file, and the job's work (`FileRetentionTests`).
@Suite(.serialized, .timeLimit(.minutes(5)))
struct KilledUploadTests {
    private static let data = String(repeating: "Ada wrote the first program.\n", count: 30_000)

    /// Who uploads, to which nodes, and what is on their disk.
    private struct Stage: Sendable {
        let nodes: AtriumServers
        let disk: String
        let token: String

        /// An upload that says how long it is and sends the half of it.
        func begin(port: Int) throws -> RawHTTP {
            let connection = try RawHTTP(port: port)
            let body = form(KilledUploadTests.data)
            try connection.send(
                head(length: body.utf8.count) + String(body.prefix(body.count / 2)))
            return connection
        }

        func upload(_ text: String, port: Int) throws -> JSON {
            let connection = try RawHTTP(port: port)
            let body = form(text)
            try connection.send(head(length: body.utf8.count) + body)
            return Self.json(try connection.receive())
        }

        func get(_ path: String, port: Int) throws -> String {
            try RawHTTP.send("GET", path, nil, bearer: token, port: port)
        }

        static func json(_ answer: String) -> JSON {
            let body = answer.firstRange(of: "\r\n\r\n").map { answer[$0.upperBound...] } ?? ""
            return (try? JSON(parsing: Array(body.utf8))) ?? .null
        }

        private func head(length: Int) -> String {
            "POST /api/v1/files HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(token)\r\n"
                + "Content-Type: multipart/form-data; boundary=b\r\n"
                + "Content-Length: \(length)\r\n\r\n"
        }

        private func form(_ text: String) -> String {
            "--b\r\nContent-Disposition: form-data; name=file; filename=a.txt\r\n\r\n\(text)\r\n--b--"
        }

        /// The files below a folder of the disk, and how many bytes they have.
        func files(_ folder: String) -> [String: Int] {
            let path = disk + "/" + folder
            let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
            let sizes = names.map { name in
                let file = try? FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")
                return (name, (file?[.size] as? Int) ?? 0)
            }
            return Dictionary(sizes) { first, _ in first }
        }

        /// Until what is being written is so: another process writes it.
        func waitForPartials(_ isSo: ([String: Int]) -> Bool) async {
            while !isSo(files("partial")) { await Task.yield() }
        }
    }

    // S3-24
    @Test(arguments: Engine.tested)
    func `what a killed server has half of is no file, and its neighbour goes on`(
        on engine: Engine
    ) async throws {
        try await withNodes(on: engine) { stage in
            let connection = try stage.begin(port: stage.nodes.port(0))
            await stage.waitForPartials { $0.values.contains { $0 > 0 } }
            try stage.nodes.restart(0)
            withExtendedLifetime(connection) {}
            let left = stage.files("partial")
            #expect(left.count == 1)
            let list = try stage.get("/api/v1/files", port: stage.nodes.port(1))
            #expect(Stage.json(list)["meta"]?["total"] == 0)
            // What one node takes, the other reads, by the link as well.
            let file = try stage.upload("Ada", port: stage.nodes.port(1))
            let url = try #require(file["url"]?.asString)
            let read = try RawHTTP.get(url, port: stage.nodes.port(0))
            #expect(read.hasPrefix("HTTP/1.1 200") && read.hasSuffix("\r\n\r\nAda"))
            #expect(stage.files("partial") == left)
        }
    }

    @Test(arguments: Engine.tested)
    func `a client that leaves midway leaves nothing`(on engine: Engine) async throws {
        try await withNodes(on: engine) { stage in
            var connection: RawHTTP? = try stage.begin(port: stage.nodes.port(0))
            await stage.waitForPartials { !$0.isEmpty }
            withExtendedLifetime(connection) {}
            connection = nil
            await stage.waitForPartials(\.isEmpty)
        }
    }

    /// The client is told that there is nothing; the operator, what is wrong.
    @Test(arguments: Engine.tested)
    func `a file that is gone from the disk is a 404 and a number`(on engine: Engine) async throws {
        try await withNodes(on: engine) { stage in
            let port = stage.nodes.port(0)
            let file = try stage.upload("Ada", port: port)
            let (id, url) = (file["id"]?.asString ?? "", file["url"]?.asString ?? "")
            let before = try RawHTTP.get("/metrics", port: port)
            #expect(before.contains("\natrium_files_missing_total 0\n"))
            try FileManager.default.removeItem(atPath: "\(stage.disk)/\(id.prefix(5))/\(id)")
            #expect(try RawHTTP.get(url, port: port).hasPrefix("HTTP/1.1 404"))
            let after = try RawHTTP.get("/metrics", port: port)
            #expect(after.contains("\natrium_files_missing_total 1\n"))
        }
    }

    /// Two nodes where there is PostgreSQL, with one disk.
    private func withNodes(
        on engine: Engine, _ body: @escaping @Sendable (Stage) async throws -> Void
    ) async throws {
        let place = try TestDatabase(on: engine)
        defer { place.remove() }
        let directory = try #require(makeTemporaryDirectory("atrium-uploads"))
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let location = engine == .sqlite ? "sqlite:" + place.location : place.location
        let nodes = try AtriumServers(
            location, directory, count: engine == .sqlite ? 1 : 2,
            settings: ["files.directory=\(directory)/files"])
        let answer = try RawHTTP.post(
            "/api/v1/auth/register",
            #"{"email":"ada@example.com","password":"Analytical1","name":"Ada"}"#,
            port: nodes.port(0))
        let token = try #require(Stage.json(answer)["tokens"]?["accessToken"]?.asString)
        try await body(Stage(nodes: nodes, disk: directory + "/files", token: token))
        nodes.stop()
    }
}
