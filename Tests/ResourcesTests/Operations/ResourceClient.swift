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

extension TestClient {
    /// Any method at a path below `/api/v1/`, with JSON where some is given, by a user or by nobody.
    func ask(
        _ method: Method, _ path: String, _ json: JSON? = nil, by user: TestUser?,
        _ more: Fields = [:]
    ) async -> TestAnswer {
        var fields = more
        if let user { fields[.authorization] = "Bearer " + user.accessToken }
        if json != nil { fields[.contentType] = "application/json" }
        return await send(method, "/api/v1/" + path, fields, body: json?.bytes() ?? [])
    }

    /// Makes a row; its id.
    func make(_ resource: String, _ json: JSON, by user: TestUser?) async throws -> String {
        let answer = await ask(.post, resource, json, by: user)
        try #require(answer.status == 201, "\(answer.text)")
        return try #require(answer.json["id"]?.asString)
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
