import AtriumTesting
import Coding
import HTTP
import Identity
import SQL
import Testing
import Values

@testable import Server
@testable import Studio

/// The app, and what a test wants otherwise of it.
func served(_ change: @escaping (inout StudioSettings) -> Void = { _ in }) -> SettingsChange {
    SettingsChange { settings in
        settings.apps = [.studio]
        change(&settings.studio)
    }
}

/// A brand kit that allows all.
let kit: JSON = [
    "name": "Evening show",
    "colorPalette": [
        "primary": "#2A5BD7", "secondary": "#14213d", "accent": "#fca311",
        "background": "#000000", "text": "#ffffff",
    ],
    "typography": ["heading": "Inter", "body": "Source Sans 3", "weight": 700, "scale": 1.25],
    "motionIntensity": 5,
    "allowedCategories": ["celebration", "focus", "text", "ambient", "transition"],
]

extension JSON {
    /// The same object with members put over its own.
    func with(_ changes: JSONObject) -> JSON {
        var object = asObject ?? [:]
        for member in changes.members { object[member.name] = member.value }
        return .object(object)
    }
}

extension TestAnswer {
    var code: String? { json["code"]?.asString }

    /// `path code` of each field error.
    var fieldErrors: [String] {
        (json["fields"]?.asList ?? []).map { field in
            "\(field["path"]?.asString ?? "?") \(field["code"]?.asString ?? "?")"
        }
    }

    /// The ids of a list.
    var ids: [String] { (json["data"]?.asList ?? []).compactMap { $0["id"]?.asString } }
}

/// A creator with what tests make him do.
struct TestCreator: Sendable {
    let client: TestClient
    let user: TestUser

    /// `tier` is what an operator gives him.
    init(
        _ client: TestClient, _ email: String = "ada@example.com", tier: Studio.Tier? = nil
    ) async throws {
        self.client = client
        user = try await client.user(email)
        if let tier { try await become(tier) }
    }

    private init(_ client: TestClient, _ user: TestUser) {
        (self.client, self.user) = (client, user)
    }

    /// The same creator some time later, signed in anew.
    func again() async throws -> TestCreator {
        let answer = await client.another().post(
            "/api/v1/auth/login",
            ["email": .string(user.email), "password": .string(user.password)])
        return TestCreator(client, try TestUser(again: user, answer))
    }

    func become(_ tier: Studio.Tier) async throws {
        let creators = client.server.program.studio.creators
        let id = try #require(ID<User>(user.id))
        let found = try await client.server.database.first(User.find, id)
        try await creators.setTier(tier, of: try #require(found), at: client.clock.now)
    }

    func ask(
        _ method: HTTP.Method, _ path: String, _ json: JSON? = nil, _ fields: Fields = [:]
    ) async -> TestAnswer {
        await client.another().ask(method, path, json, bearer: user.accessToken, fields)
    }

    func makeKit(_ json: JSON = kit) async throws -> String {
        let answer = await ask(.post, "/api/brand-kit", json)
        try #require(answer.status == 201, "\(answer.text)")
        return try #require(answer.json["id"]?.asString)
    }

    /// Starts a stream; its id.
    func start(kit: String? = nil) async throws -> String {
        var input: JSONObject = ["platform": "twitch"]
        input["brandKitId"] = kit.map { .string($0) }
        let answer = await ask(.post, "/api/sessions/start", .object(input))
        try #require(answer.status == 201, "\(answer.text)")
        return try #require(answer.json["id"]?.asString)
    }

    @discardableResult
    func trigger(
        _ effect: String, on session: String, text: String? = nil
    ) async -> TestAnswer {
        var input: JSONObject = ["effectId": .string(effect), "sessionId": .string(session)]
        input["text"] = text.map { .string($0) }
        return await ask(.post, "/api/effects/trigger", .object(input))
    }

    func move(_ session: String, _ verb: String) async -> TestAnswer {
        await ask(.post, "/api/sessions/" + verb, ["sessionId": .string(session)])
    }

    func status(_ session: String) async -> TestAnswer {
        await ask(.get, "/api/sessions/\(session)/status")
    }

    /// The key in the address of a stream's overlay.
    func overlayKey(_ session: String) async throws -> String {
        let url = try #require(await status(session).json["overlayURL"]?.asString)
        return try #require(url.split(separator: "#key=").last.map(String.init))
    }

    /// The key in the address of the creator's lasting overlay.
    func lastingKey() async throws -> String {
        let url = await ask(.get, "/api/studio/creator").json["overlayURL"]?.asString
        return try #require(url?.lastingKey)
    }

    func socket() async throws -> TestSocket {
        try await client.another().socket(bearer: user.accessToken)
    }
}

extension String {
    /// Of a lasting link.
    var lastingKey: String? {
        guard contains("/studio/overlay/#creator=") else { return nil }
        return split(separator: "&key=").last.map(String.init)
    }
}

extension TestSocket {
    /// Listens to a stream, as its creator or by its key.
    @discardableResult
    func follow(_ session: String, key: String? = nil, since: Int64? = nil) async -> JSON? {
        await follow(topic: "studio/sessions/" + session, key, since)
    }

    /// The same of a creator, whose sessions it hears of.
    @discardableResult
    func follow(creator id: String, key: String? = nil, since: Int64? = nil) async -> JSON? {
        await follow(topic: "studio/creators/" + id, key, since)
    }

    private func follow(topic: String, _ key: String?, _ since: Int64?) async -> JSON? {
        var message: JSONObject = [
            "type": "subscribe", "id": .string("follow " + topic), "topic": .string(topic),
        ]
        message["key"] = key.map { .string($0) }
        message["since"] = since.map { .integer($0) }
        return await ask(.object(message))
    }

    /// What an overlay with a lasting link has to show.
    func find(_ creator: String, key: String) async -> JSON? {
        await ask([
            "type": "overlay.current", "id": "find", "creatorId": .string(creator),
            "key": .string(key),
        ])
    }

    /// The code of what was refused.
    func refusal(_ json: JSON) async -> String? { await ask(json)?["code"]?.asString }
}
