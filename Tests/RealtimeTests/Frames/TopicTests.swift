import Testing

@testable import Realtime

/// The names of what can be listened to.
struct TopicTests {
    private static let id = "0199aaaa-0000-7000-8000-000000000000"

    @Test func `a topic is a resource, a row of one, or something of an app's`() {
        #expect(Topic("resources/items")?.source == .resource("items", row: nil))
        #expect(Topic("resources/items/\(Self.id)")?.source == .resource("items", row: Self.id))
        #expect(Topic("studio/sessions/a1")?.source == .app(family: "studio/sessions", key: "a1"))
        #expect(
            Topic("resources/items/" + Self.id.uppercased()) == Topic("resources/items/\(Self.id)"))
    }

    @Test(arguments: [
        "", "/", "items", "resources", "resources/", "resources//", "/resources/items",
        "resources/items/", "resources/items/1", "resources/items/\(id)/x", "studio/sessions",
        "studio/sessions/", "studio/sessions/a/b", "studio/sessions/a b", "studio/sessions/ä",
        "studio/sessions/a\0", "resources/it ems",
    ])
    func `what names nothing is no topic`(_ text: String) {
        #expect(Topic(text) == nil)
    }

    @Test func `a name has a limit, and reads as it was written`() {
        #expect(Topic("a/b/" + String(repeating: "c", count: 197)) == nil)
        for text in ["resources/items", "resources/items/\(Self.id)", "studio/sessions/A_1.x-y"] {
            #expect(Topic(text)?.description == text)
        }
        #expect(Topic("studio/sessions", "a/b") == nil)
        #expect(Topic("resources/items", Self.id) == nil)
        #expect(Topic("studio/sessions", "a")?.description == "studio/sessions/a")
    }
}
