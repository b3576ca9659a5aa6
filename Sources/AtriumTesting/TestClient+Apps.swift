import Coding
import HTTP
import Jobs
import Values

/// What tests of apps do beside asking for JSON.
extension TestClient {
    /// Any method, with JSON where some is given, by bearer token or by key.
    package func ask(
        _ method: Method, _ path: String, _ json: JSON? = nil, bearer: String? = nil,
        key: String? = nil, _ fields: Fields = [:]
    ) async -> TestAnswer {
        var fields = fields
        if let bearer { fields[.authorization] = "Bearer " + bearer }
        if let key { fields[FieldName("x-api-key")] = key }
        if json != nil { fields[.contentType] = "application/json" }
        return await send(method, path, fields, body: json?.bytes() ?? [])
    }

    /// Does what recurs, and waits until it is done: the server's own runner does jobs, too.
    package func sweep() async throws {
        try await server.jobs.beginRecurring()
        while true {
            try await server.jobs.runDue()
            let waiting = try await server.jobs.queue.list(.ready)
            if !waiting.contains(where: { $0.isHeld || $0.runAt <= clock.now }) { return }
            await Task.yield()
        }
    }

    /// An API key of a user's, with scopes.
    package func apiKey(of user: TestUser, _ scopes: JSON) async throws -> String {
        let answer = await another().post(
            "/api/v1/api-keys", ["name": "Report", "scopes": scopes], bearer: user.accessToken)
        guard let key = answer.json["key"]?.asString else {
            throw UnexpectedAnswer(status: answer.status, text: answer.text)
        }
        return key
    }
}
