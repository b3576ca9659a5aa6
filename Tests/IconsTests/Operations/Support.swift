import AtriumTesting
import Coding
import HTTP
import Server
import Synchronization
import Testing
import Values

/// The app, drawing by itself.
var served: SettingsChange {
    SettingsChange { settings in
        settings.apps = [.icons]
        settings.icons.generator = .offline
    }
}

let drawing = """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M4 4h16v16H4z"/></svg>
    """

extension TestClient {
    /// An icon of a user's; what was answered.
    @discardableResult
    func drawn(_ prompt: String, by user: TestUser, variants: Int = 1) async throws -> TestIcon {
        try TestIcon(
            await another().post(
                "/api/icons",
                ["prompt": .string(prompt), "variantCount": .integer(Int64(variants))],
                bearer: user.accessToken))
    }

    /// What is left of today's icons.
    func leftToday(_ user: TestUser) async -> JSON? {
        await another().get("/api/icons/generator", bearer: user.accessToken).json["leftToday"]
    }
}

/// An icon that was made.
struct TestIcon: Sendable {
    let json: JSON
    let id: String
    let tag: String
    var path: String { "/api/icons/" + id }
    var variants: [JSON] { json["variants"]?.asList ?? [] }

    init(_ answer: TestAnswer) throws {
        try #require([200, 201].contains(answer.status), "\(answer.text)")
        json = answer.json
        id = try #require(answer.json["id"]?.asString)
        tag = try #require(answer[.etag])
    }
}

extension TestAnswer {
    var code: String? { json["code"]?.asString }
    var message: String? { json["message"]?.asString }

    /// `path code` of each field error.
    var fieldErrors: [String] {
        (json["fields"]?.asList ?? []).map { field in
            "\(field["path"]?.asString ?? "?") \(field["code"]?.asString ?? "?")"
        }
    }

    /// The prompts of a list.
    var prompts: [String] {
        (json["data"]?.asList ?? []).compactMap { $0["prompt"]?.asString }
    }

    /// The events of a stream, read to its end. Throws what cuts it.
    func events() async throws -> [TestEvent] {
        guard case .stream(_, let produce) = response.body else { return [] }
        let text = Mutex("")
        try await produce(
            ResponseWriter { bytes async throws(WriteError) in
                text.withLock { $0 += String(decoding: bytes, as: UTF8.self) }
            })
        return text.withLock { $0 }.split(separator: "\n\n").map { TestEvent($0) }
    }
}

/// A server-sent event, whose data is JSON.
struct TestEvent: Sendable {
    let name: String
    let json: JSON

    init(_ text: Substring) {
        let lines = text.split(separator: "\n")
        name = lines.first { $0.hasPrefix("event: ") }.map { String($0.dropFirst(7)) } ?? ""
        let data = lines.filter { $0.hasPrefix("data: ") }.map { $0.dropFirst(6) }
        json = (try? JSON(parsing: Array(data.joined(separator: "\n").utf8))) ?? .null
    }
}
