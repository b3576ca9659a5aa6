import AtriumTesting
import Coding
import DatabaseTesting
import Foundation
import HTTP
import SQL
import Server
import Testing

/// Runs `body` with a client of a server that serves declared resources.
///
/// `files` are declarations; without any, those of the sample.
func withResources(
    on engine: Engine, _ files: [String] = [], _ changes: SettingsChange...,
    body: @escaping @Sendable (TestClient) async throws -> Void
) async throws {
    let directory = try #require(makeTemporaryDirectory("atrium-resources"))
    defer { try? FileManager.default.removeItem(atPath: directory) }
    for (index, text) in (files.isEmpty ? try sample() : files).enumerated() {
        try text.write(toFile: "\(directory)/\(index).json5", atomically: true, encoding: .utf8)
    }
    let path = try DirectoryPath(directory)
    try await withServer(on: engine, [.set(\.resources, path)] + changes, body: body)
}

/// The declarations of `Examples/items`.
private func sample() throws -> [String] {
    let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    return try ["items", "item_notes"].map {
        try String(contentsOfFile: "/\(root)/Examples/items/\($0).json5", encoding: .utf8)
    }
}

extension TestAnswer {
    var code: String? { json["error"]?["code"]?.asString }
    var message: String? { json["error"]?["message"]?.asString }

    /// The paths of the fields that are wrong.
    var wrongFields: [String] {
        (json["error"]?["details"]?["fields"]?.asList ?? []).compactMap { $0["path"]?.asString }
    }
}
