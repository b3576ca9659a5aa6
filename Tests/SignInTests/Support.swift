import AtriumTesting
import Coding
import HTTP
import Jobs
import SQL
import Testing
import Values

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

    /// Waits until all mails are out: the server's own runner does jobs, too.
    func settle() async throws {
        while true {
            try await server.jobs.runDue()
            let waiting = try await server.jobs.queue.list(.ready)
            if !waiting.contains(where: { $0.isHeld || $0.runAt <= clock.now }) { return }
            await Task.yield()
        }
    }

    /// The kinds of the mails to an address, oldest first.
    func mailKinds(to email: String) async throws -> [String] {
        try await settle()
        return try await server.outbox.newest(limit: 100).reversed().map(\.mail).filter {
            $0.recipient.text == email
        }.compactMap(\.kind)
    }

    /// The text of the newest mail to an address.
    func mailedText(to email: String = "ada@example.com") async throws -> String? {
        try await settle()
        return try await server.outbox.newest(limit: 100).first {
            $0.mail.recipient.text == email
        }?.mail.text
    }

    /// The token of the newest mail's link; nil where there is none.
    func mailedToken(to email: String = "ada@example.com") async throws -> String? {
        try await part(of: mailedText(to: email), after: "#token=")
    }

    func mailedCode(to email: String = "ada@example.com") async throws -> String? {
        try await part(of: mailedText(to: email), after: "type the code ")
    }

    private func part(of text: String?, after words: String) -> String? {
        guard let text, let start = text.firstRange(of: words) else { return nil }
        return String(text[start.upperBound...].prefix { !$0.isWhitespace })
    }

    /// The names of what the audit log holds, without refusals, in the order of the alphabet: all of it
    /// is of one moment of the test's clock.
    func audited() async throws -> [String] {
        try await server.database.all(
            "SELECT event FROM audit_log ORDER BY event", returning: Single<String>.self
        ).map(\.value).filter { $0 != "sign_in_failed" }
    }

    /// Makes an address one that its user has confirmed.
    func confirm(_ email: String = "ada@example.com") async throws {
        try await server.database.execute(
            "UPDATE users SET email_verified_at = created_at WHERE email = \(email)")
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
