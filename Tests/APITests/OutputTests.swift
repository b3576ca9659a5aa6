import API
import Coding
import HTTP
import Testing

/// S1-15: what an operation answers is JSON, or nothing.
struct OutputTests {
    private static let cookies = [
        SetCookie("a", "1"), SetCookie("b", "2"),
    ].compactMap(\.self)

    private func makeAPI() throws -> TestAPI {
        try TestAPI {
            Operation("plain", .get, "/plain", "Plain.") { (_: NoInput, _) in Text("é\u{2028}") }
            Operation("made", .post, "/made", "Made.") { (_: NoInput, _) in
                Created(Text("made"))
            }
            Operation("gone", .delete, "/gone", "Gone.") { (_: NoInput, _) in NoContent() }
            Operation("preferred", .post, "/preferred", "Preferred.") { (_: NoInput, call) in
                WithCookies(Preferred(Text("long"), call.request), Self.cookies)
            }
            Operation("moved", .get, "/moved", "Moved.") { (_: NoInput, _) in
                Redirect(to: "/there?a=b\r\nX-Evil: 1")
            }
        }
    }

    @Test func `a value is 200 and JSON`() async throws {
        let answer = try await makeAPI().send(.get, "/plain/plain")
        #expect(answer.status == 200)
        #expect(answer[.contentType] == "application/json")
        #expect(answer.json == ["text": "é\u{2028}"])
    }

    @Test func `what was made is 201`() async throws {
        let answer = try await makeAPI().send(.post, "/plain/made")
        #expect(answer.status == 201)
        #expect(answer.json == ["text": "made"])
    }

    @Test func `nothing is 204 without a body`() async throws {
        let answer = try await makeAPI().send(.delete, "/plain/gone")
        #expect(answer.status == 204)
        #expect(answer.text.isEmpty)
        #expect(answer[.contentType] == nil)
    }

    @Test(arguments: [
        ("return=minimal", 204), ("respond-async, return=minimal", 204), ("RETURN=Minimal", 204),
        ("return=representation", 200), ("handling=strict", 200),
    ])
    func `a client may prefer no body`(_ preference: String, status: Int) async throws {
        let answer = try await makeAPI().send(
            .post, "/plain/preferred", [.prefer: preference])
        #expect(answer.status == status)
        #expect(answer.response.fields.values(of: .setCookie).count == 2)
        #expect(answer[.preferenceApplied] == (status == 204 ? "return=minimal" : nil))
    }

    @Test func `cookies are set in their order`() async throws {
        let answer = try await makeAPI().send(.post, "/plain/preferred")
        #expect(
            answer.response.fields.values(of: .setCookie) == [
                "a=1; Path=/; HttpOnly; SameSite=Lax", "b=2; Path=/; HttpOnly; SameSite=Lax",
            ])
    }

    @Test func `a redirect is 302 with its target`() async throws {
        let answer = try await makeAPI().send(.get, "/plain/moved")
        #expect(answer.status == 302)
        #expect(answer[.location]?.hasPrefix("/there?a=b") == true)
        #expect(answer.text.isEmpty)
    }
}
