import AtriumTesting
import Coding
import HTTP
import Loop
import Testing
import Values

/// Runs `body` `count` times at once, on all loops, and returns what each came to.
func race<Value: Sendable>(
    _ count: Int, _ client: TestClient, _ body: @escaping @Sendable (Int) async -> Value
) async -> [Value] {
    let tasks = (0..<count).map { index in
        client.server.loops.any.spawn { await body(index) }
    }
    var values: [Value] = []
    for task in tasks { values.append(await task.value) }
    return values
}

extension TestAnswer {
    /// V1's `{"error":{"code":…}}`.
    var v1Code: String? { json["error"]?["code"]?.asString }
    var v1Message: String? { json["error"]?["message"]?.asString }

    /// `path code: message` of each field error, on V1 and Tokens.
    var fieldErrors: [String] {
        let fields = json["error"]?["details"]?["fields"] ?? json["fields"]
        return (fields?.asList ?? []).map { field in
            let parts = ["path", "code", "message"].map { field[$0]?.asString ?? "?" }
            return "\(parts[0]) \(parts[1]): \(parts[2])"
        }
    }

    /// The code of Tokens and Compat.
    var code: String? { json["code"]?.asString }
    var message: String? { json["message"]?.asString }

    var accessToken: String? {
        (json["tokens"]?["accessToken"] ?? json["accessToken"])?.asString
    }
    var refreshToken: String? {
        (json["tokens"]?["refreshToken"] ?? json["refreshToken"])?.asString
    }
}

extension TestClient {
    /// A browser in which a new user has signed up on Compat.
    func signedUp(
        _ email: String = "ada@example.com", remembered: Bool = true
    ) async throws -> TestClient {
        let browser = browser()
        let answer = await browser.post(
            "/api/auth/sign-up/email",
            [
                "name": "Ada", "email": .string(email), "password": .string(Self.password),
                "rememberMe": .boolean(remembered),
            ])
        try #require(answer.status == 200)
        return browser
    }

    /// Another browser in which that user has signed in.
    func signedIn(
        _ email: String = "ada@example.com", password: String = TestClient.password
    ) async throws -> TestClient {
        let browser = browser()
        let answer = await browser.post(
            "/api/auth/sign-in/email",
            ["email": .string(email), "password": .string(password)])
        try #require(answer.status == 200)
        return browser
    }

    /// What get-session shows.
    var session: JSON { get async { await get("/api/auth/get-session").json["session"] ?? .null } }

    var sessionToken: String { get async { await session["token"]?.asString ?? "" } }

    /// Sends JSON by any method.
    func send(
        _ method: Method, _ target: String, json: JSON, bearer: String? = nil
    ) async -> TestAnswer {
        var fields: Fields = [.contentType: "application/json"]
        if let bearer { fields[.authorization] = "Bearer " + bearer }
        return await send(method, target, fields, body: json.bytes())
    }
}

/// The members of an object in their order, for shapes that are promised as a whole.
func names(_ json: JSON?) -> [String] { json?.asObject?.names ?? [] }
