import AtriumTesting
import Coding
import HTTP
import Testing

extension TestClient {
    /// Any method, with JSON where some is given, by bearer token or by key.
    func ask(
        _ method: Method, _ path: String, _ json: JSON? = nil, bearer: String? = nil,
        key: String? = nil
    ) async -> TestAnswer {
        var fields: Fields = [:]
        if let bearer { fields[.authorization] = "Bearer " + bearer }
        if let key { fields[FieldName("x-api-key")] = key }
        if json != nil { fields[.contentType] = "application/json" }
        return await send(method, path, fields, body: json?.bytes() ?? [])
    }

    /// A key of a user, with the scopes.
    func key(_ user: TestUser, _ scopes: JSON = ["users:read"]) async throws -> TestKey {
        try TestKey(
            await ask(
                .post, "/api/v1/api-keys", ["name": "Report", "scopes": scopes],
                bearer: user.accessToken))
    }

}

/// A key that was made.
struct TestKey: Sendable {
    let id: String
    let text: String

    init(_ answer: TestAnswer) throws {
        try #require([200, 201].contains(answer.status), "\(answer.text)")
        id = try #require(answer.json["apiKey"]?["id"]?.asString)
        text = try #require(answer.json["key"]?.asString)
    }
}

extension TestAnswer {
    var code: String? { (json["error"]?["code"] ?? json["code"])?.asString }
}
