import Surfaces
import Testing

struct TrustedOriginsTests {
    private let origins = TrustedOrigins(
        baseURL: "http://localhost:4000", others: ["https://app.example.com"])

    @Test(arguments: [
        "/", "/home", "/a/b?c=d&e=f#g", "/%20", "http://localhost:4000", "http://localhost:4000/x",
        "https://app.example.com/a?b", "http://localhost:4000?x", "http://localhost:4000#x",
    ])
    func `our own paths and trusted pages`(target: String) {
        #expect(origins.allowsRedirect(to: target))
    }

    @Test(arguments: [
        "", "home", "//evil.example", "/\\evil.example", "/%2f/evil.example", "/%2F%2Fevil.example",
        "/%5cevil.example", "\\\\evil.example", "javascript:alert(1)", "data:text/html,x",
        "JavaScript://localhost:4000/%0aalert(1)", "http://localhost:4000@evil.example/",
        "http://user@localhost:4000/", "http://evil.example", "https://localhost:4000/",
        "http://localhost:40000/", "http://localhost:4000.evil.example/", "http:/localhost:4000/",
        "http:localhost:4000", "http://localhost:4000\\@evil.example", " /home", "/home\n", "/a b",
        "/\u{9}/evil.example", "/é", "https://app.example.com.evil.example/",
        "ftp://localhost:4000/",
        "http://[::1]:4000/",
    ])
    func `nothing that could lead elsewhere`(target: String) {
        #expect(!origins.allowsRedirect(to: target))
    }

    @Test func `the origin of a URL`() {
        #expect(
            TrustedOrigins.origin(of: "https://a.example:8443/x?y#z") == "https://a.example:8443")
        #expect(TrustedOrigins.origin(of: "https://a.example") == "https://a.example")
        for url in ["", "a", "a:", "://x", "http://", "http:///x", "http://u@h/"] {
            #expect(TrustedOrigins.origin(of: url)?.hasPrefix("http") != true, "\(url)")
        }
    }
}
