import Coding
import HTTP

/// Rows of declared resources, by their API.
extension TestClient {
    /// Any method at a path below `/api/v1/`, with JSON where some is given, by a user or by nobody.
    package func ask(
        _ method: Method, _ path: String, _ json: JSON? = nil, by user: TestUser?,
        _ more: Fields = [:]
    ) async -> TestAnswer {
        var fields = more
        if let user { fields[.authorization] = "Bearer " + user.accessToken }
        if json != nil { fields[.contentType] = "application/json" }
        return await send(method, "/api/v1/" + path, fields, body: json?.bytes() ?? [])
    }

    /// Makes a row; its id.
    package func make(
        _ resource: String, _ json: JSON, by user: TestUser?
    ) async throws -> String {
        let answer = await ask(.post, resource, json, by: user)
        guard answer.status == 201, let id = answer.json["id"]?.asString else {
            throw UnexpectedAnswer(status: answer.status, text: answer.text)
        }
        return id
    }
}
