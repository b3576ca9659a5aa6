import AtriumTesting
import Coding
import DatabaseTesting
import Foundation
import HTTP
import SQL
import Server
import Testing

/// Resources of each kind of owner, as they would stand in a file.
private let declarations = """
    {resources: [
      {name: "items", owner: "user", fields: {
        name: {type: "text", required: true, length: [1, 100]},
        secret: {type: "text", pii: true}}},
      {name: "notices", owner: "none", rules: {read: "anyone"}, fields: {
        text: {type: "text", required: true, length: [1, 1000]}}},
      {name: "plans", owner: "organization", fields: {
        name: {type: "text", required: true, length: [1, 100]}}},
    ]}
    """

/// Runs `body` with a client of a server that has these resources.
func withRealtime(
    on engine: Engine, _ changes: SettingsChange...,
    body: @escaping @Sendable (TestClient) async throws -> Void
) async throws {
    let directory = try #require(makeTemporaryDirectory("atrium-realtime"))
    defer { try? FileManager.default.removeItem(atPath: directory) }
    try declarations.write(
        toFile: directory + "/all.json5", atomically: true, encoding: .utf8)
    let path = try DirectoryPath(directory)
    try await withServer(on: engine, [.set(\.resources, path)] + changes, body: body)
}

extension TestSocket {
    /// Listens to a topic; the number from which on.
    @discardableResult
    func subscribe(_ topic: String, since: Int64? = nil) async throws -> Int64 {
        var message: JSONObject = [
            "type": "subscribe", "id": .string(topic), "topic": .string(topic),
        ]
        message["since"] = since.map { .integer($0) }
        let answer = await ask(.object(message))
        try #require(answer?["type"] == "ack", "\(answer ?? .null)")
        return try #require(answer?["seq"]?.asInteger)
    }

    /// Events until there are so many.
    func events(_ count: Int) async -> [JSON] {
        var events: [JSON] = []
        while events.count < count, let event = await next("event") { events.append(event) }
        return events
    }

    /// Events until one reads so: what was written shortly before one came may be told, too.
    func events(through line: String) async -> [JSON] {
        var events: [JSON] = []
        while events.last?.line != line, let event = await next("event") { events.append(event) }
        return events
    }

    /// The code of what was refused.
    func refusal(_ json: JSON) async -> String? { await ask(json)?["code"]?.asString }
}

extension JSON {
    /// `created Engine`: an event in short.
    var line: String {
        let name = self["data"]?["name"] ?? self["data"]?["text"] ?? self["data"]?["n"]
        let word = name?.asString ?? name?.description ?? ""
        return "\(self["kind"]?.asString ?? "?") \(word)".trimmingCharacters(in: .whitespaces)
    }
}
