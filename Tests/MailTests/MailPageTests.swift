import AtriumTesting
import DatabaseTesting
import HTTP
import Jobs
import Mail
import SQL
import Server
import Testing
import Values

struct MailPageTests {
    private static func send(_ subject: String, _ text: String, _ client: TestClient) async throws {
        let outbox = client.server.outbox
        let mail = Mail(
            to: try EmailAddress("ada@example.com"), subject: subject, text: text,
            html: "<script>\(subject)</script>")
        try await outbox.insert(mail, at: client.clock.now, in: outbox.queue.database)
        client.clock.advance(by: .seconds(1))
    }

    @Test(arguments: Engine.tested)
    func `the page shows what was sent, newest first, and no markup of it`(
        on engine: Engine
    ) async throws {
        try await withServer(on: engine) { client in
            let empty = await client.get("/dev/mail")
            #expect(empty.status == 200)
            #expect(empty.text.contains("No mail yet"))
            try await Self.send("First", "a\nhttp://a.example/#token=1\nb", client)
            try await Self.send("<i>Second", "</pre><script>", client)
            try await client.settle()
            let page = await client.get("/dev/mail")
            #expect(page[.cacheControl] == "no-store")
            #expect(page["content-security-policy"]?.hasPrefix("default-src 'self'") == true)
            let (first, second) = (
                page.text.firstRange(of: "First"), page.text.firstRange(of: "&lt;i&gt;Second")
            )
            #expect(try #require(second).lowerBound < #require(first).lowerBound)
            #expect(page.text.contains("&lt;/pre&gt;&lt;script&gt;"))
            #expect(page.text.contains(#"<a href="http://a.example/#token=1">"#))
            #expect(page.text.contains(">kept</span>"))
            #expect(!page.text.contains("{{"))
        }
    }

    @Test func `the HTML of a mail stands in a frame that can do nothing`() async throws {
        try await withServer(on: .sqlite) { client in
            try await Self.send("First", "text", client)
            let mail = try #require(try await client.server.outbox.newest(limit: 1).first)
            let body = await client.get("/dev/mail/\(mail.id)")
            #expect(body.text == "<script>First</script>")
            let policy = try #require(body["content-security-policy"])
            #expect(policy.hasPrefix("sandbox "))
            #expect(policy.contains("default-src 'none'"))
            #expect(!policy.contains("allow-scripts") && !policy.contains("allow-same-origin"))
            for id in ["x", "0199c82c-c000-7000-8000-000000000001"] {
                #expect(await client.get("/dev/mail/" + id).status == 404)
            }
        }
    }

    @Test func `nobody but this machine sees it`() async throws {
        try await withServer(on: .sqlite) { client in
            let far = client.another(at: IPAddress("192.0.2.7"))
            #expect(await far.get("/dev/mail").status == 404)
            #expect(
                await client.send(.get, "/dev/mail", [.xForwardedFor: "192.0.2.7"]).status == 404)
        }
    }
}
