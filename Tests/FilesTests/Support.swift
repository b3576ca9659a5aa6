import AtriumTesting
import Coding
import DatabaseTesting
import Foundation
import HTTP
import Identity
import Server
import Testing
import Values

@testable import Files

/// Files that are what they say they are, as far as anybody looks at their beginning.
enum Sample {
    /// One white pixel.
    static let png: [UInt8] =
        [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52]
        + [
            0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 0x0a, 0x49,
            0x44,
        ]
        + [0x41, 0x54, 0x78, 0x9c, 0x63, 0xf8, 0x0f, 0, 1, 1, 1, 0, 0x1b, 0xb6, 0xee, 0x56]
        + [0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]

    /// A picture with `count` bytes behind it, none of which is like the next.
    static func png(ofBytes count: Int) -> [UInt8] {
        png + (png.count..<max(png.count, count)).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    }

    static let text = Array("Ada wrote the first program.\n".utf8)
}

/// A form in parts, as a browser writes it.
struct TestForm {
    static let boundary = "----AtriumTestBoundary"
    static let type = "multipart/form-data; boundary=\(boundary)"

    private(set) var bytes: [UInt8] = []

    static func file(_ data: [UInt8], name: String = "engine.png", type: String? = nil) -> TestForm
    {
        TestForm().file(data, name: name, type: type)
    }

    func file(
        _ data: [UInt8], field: String = "file", name: String = "engine.png", type: String? = nil
    ) -> TestForm {
        part("name=\"\(field)\"; filename=\"\(name)\"", type, data)
    }

    func field(_ name: String, _ text: String) -> TestForm {
        part("name=\"\(name)\"", nil, Array(text.utf8))
    }

    private func part(_ disposition: String, _ type: String?, _ data: [UInt8]) -> TestForm {
        var form = self
        form.bytes +=
            "--\(Self.boundary)\r\nContent-Disposition: form-data; \(disposition)\r\n".utf8
        if let type { form.bytes += "Content-Type: \(type)\r\n".utf8 }
        form.bytes += Array("\r\n".utf8) + data + Array("\r\n".utf8)
        return form
    }

    var ended: [UInt8] { bytes + Array("--\(Self.boundary)--\r\n".utf8) }
}

extension TestClient {
    func upload(
        _ form: TestForm, by user: TestUser, to path: String = "/api/v1/files"
    ) async -> TestAnswer {
        await send(
            .post, path,
            [.authorization: "Bearer " + user.accessToken, .contentType: TestForm.type],
            body: form.ended)
    }

    /// A file of a user's; what was answered.
    @discardableResult
    func keep(
        _ data: [UInt8], name: String = "engine.png", by user: TestUser
    ) async throws -> JSON {
        let answer = await upload(.file(data, name: name), by: user)
        try #require(answer.status == 201, "\(answer.text)")
        return answer.json
    }

    /// Does what recurs, and waits until it is done: the server's own runner does jobs, too.
    func sweep() async throws {
        try await server.jobs.beginRecurring()
        while true {
            try await server.jobs.runDue()
            let waiting = try await server.jobs.queue.list(.ready)
            if !waiting.contains(where: { $0.isHeld || $0.runAt <= clock.now }) { return }
            await Task.yield()
        }
    }

    var disk: TestDisk { TestDisk(directory: server.settings.data.file("files")) }

    /// What counts for a user.
    func usage(of user: TestUser) async throws -> FileUsage.Used? {
        let id = try #require(ID<User>(user.id))
        return try await server.database.first(FileUsage.find, id)
    }
}

/// What is on the disk.
struct TestDisk: Sendable {
    let directory: String

    /// All files, by their paths below the directory.
    var files: [String] {
        let manager = FileManager.default
        let names = (try? manager.subpathsOfDirectory(atPath: directory)) ?? []
        return names.filter { name in
            var isFolder: ObjCBool = false
            _ = manager.fileExists(atPath: "\(directory)/\(name)", isDirectory: &isFolder)
            return !isFolder.boolValue
        }.sorted()
    }

    func bytes(_ path: String) -> [UInt8] {
        FileManager.default.contents(atPath: "\(directory)/\(path)").map { [UInt8]($0) } ?? []
    }

    func put(_ path: String, _ bytes: [UInt8] = [1]) throws {
        let place = URL(filePath: "\(directory)/\(path)")
        try FileManager.default.createDirectory(
            at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: place)
    }
}

extension TestAnswer {
    var code: String? { json["error"]?["code"]?.asString ?? json["code"]?.asString }
    var message: String? { json["error"]?["message"]?.asString }

    /// `path code` of each field error.
    var fieldErrors: [String] {
        (json["error"]?["details"]?["fields"]?.asList ?? []).map { field in
            "\(field["path"]?.asString ?? "?") \(field["code"]?.asString ?? "?")"
        }
    }

    /// The bytes of an answer, those that lie on the disk included.
    var content: [UInt8] {
        switch response.body {
        case .bytes(let bytes): bytes
        case .pieces(let pieces):
            pieces.flatMap { piece -> [UInt8] in
                switch piece {
                case .bytes(let bytes): return bytes
                case .file(let file):
                    let all = FileManager.default.contents(atPath: file.path) ?? Data()
                    return [UInt8](all.dropFirst(file.offset).prefix(file.length))
                }
            }
        default: []
        }
    }
}
