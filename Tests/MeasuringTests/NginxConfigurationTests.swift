import Measuring
import Testing

struct NginxConfigurationTests {
    private static let head = """
        HTTP/1.1 200 OK\r
        Content-Type: application/json\r
        Content-Length: 11\r
        Date: Thu, 01 Jan 2026 00:00:00 GMT\r
        X-Request-Id: 01890a5d\r
        Content-Security-Policy: default-src 'none'
        """

    @Test func `nginx is made to send our body and our fields`() throws {
        let configuration = try #require(
            NginxConfiguration(
                port: 9000, directory: "/tmp/x", head: Self.head, body: #"{"ok":true}"#))
        #expect(configuration.fields.map(\.name) == ["X-Request-Id", "Content-Security-Policy"])
        let text = configuration.text
        #expect(text.contains(#"location = /bare { return 200 '{"ok":true}'; }"#))
        #expect(text.contains("add_header X-Request-Id '01890a5d' always;"))
        #expect(
            text.contains(#"add_header Content-Security-Policy 'default-src \'none\'' always;"#))
        #expect(!text.contains("Content-Length"))
    }

    @Test(arguments: ["$body", "a\r\nb", "a\nb", "a\u{0}b"])
    func `what its configuration cannot say is refused, not changed`(body: String) {
        #expect(
            NginxConfiguration(port: 1, directory: "/tmp", head: Self.head, body: body) == nil)
    }
}
