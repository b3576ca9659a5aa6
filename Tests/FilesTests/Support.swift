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
    static let png = TestForm.pixel

    /// A picture with `count` bytes behind it, none of which is like the next.
    static func png(ofBytes count: Int) -> [UInt8] {
        png + (png.count..<max(png.count, count)).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    }

    static let text = Array("Ada wrote the first program.\n".utf8)
}

extension TestClient {
    /// A file of a user's; what was answered.
    @discardableResult
    func keep(
        _ data: [UInt8], name: String = "engine.png", by user: TestUser
    ) async throws -> JSON {
        let answer = await upload(.file(data, name: name), by: user)
        try #require(answer.status == 201, "\(answer.text)")
        return answer.json
    }

    var disk: TestDisk { TestDisk(directory: server.files.options.directory) }

    /// What counts for a user.
    func usage(of user: TestUser) async throws -> FileUsage.Used? {
        let id = try #require(ID<User>(user.id))
        return try await server.database.first(FileUsage.find, id)
    }
}

/// What is on the disk.
struct TestDisk: Sendable {
    let directory: String

    /// All files, by their paths below the directory, without its mark, whole or not.
    var files: [String] {
        let manager = FileManager.default
        let names = (try? manager.subpathsOfDirectory(atPath: directory)) ?? []
        return names.filter { !$0.hasPrefix(DirectoryMark.name) }.filter { name in
            var isFolder: ObjCBool = false
            _ = manager.fileExists(atPath: "\(directory)/\(name)", isDirectory: &isFolder)
            return !isFolder.boolValue
        }.sorted()
    }

    /// Those of users, by their ids; not what waits in the trash.
    var ids: [String] {
        files.filter { FileStore.isFolder(String($0.prefix(5))) }.map { String($0.suffix(36)) }
    }

    /// Those in the trash, by their ids.
    var trash: [String] {
        files.filter { $0.hasPrefix("trash/") }.map { String($0.suffix(36)) }
    }

    func remove(_ path: String) throws {
        try FileManager.default.removeItem(atPath: "\(directory)/\(path)")
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
