import Resources
import Values

/// What can be listened to: a resource, one of its rows, or something of an app's.
package struct Topic: Hashable, Sendable, CustomStringConvertible {
    /// What stands behind a topic.
    enum Source: Hashable, Sendable {
        case resource(String, row: String?)
        case app(family: String, key: String)
    }

    static let bytesMax = 200
    private static let resources = "resources"

    let source: Source

    init(_ source: Source) { self.source = source }

    /// A topic of an app's: its family, `studio/sessions`, and a key among those. Nil for a key that
    /// no client could name.
    package init?(_ family: String, _ key: String) {
        self.init("\(family)/\(key)")
        guard source == .app(family: family, key: key) else { return nil }
    }

    /// `resources/items`, `resources/items/<id>`, `studio/sessions/<key>`. Nil for all else.
    package init?(_ text: String) {
        guard text.utf8.count <= Self.bytesMax else { return nil }
        let words = text.split(separator: "/", omittingEmptySubsequences: false)
        guard words.allSatisfy(Self.isWord) else { return nil }
        switch (words.first.map(String.init), words.count) {
        case (Self.resources?, 2): source = .resource(String(words[1]), row: nil)
        case (Self.resources?, 3):
            guard let id = ID<ResourceRow>(words[2]) else { return nil }
            source = .resource(String(words[1]), row: id.description)
        case (Self.resources?, _): return nil
        case (_, 3):
            source = .app(family: "\(words[0])/\(words[1])", key: String(words[2]))
        default: return nil
        }
    }

    package var description: String {
        switch source {
        case .resource(let name, nil): "\(Self.resources)/\(name)"
        case .resource(let name, let row?): "\(Self.resources)/\(name)/\(row)"
        case .app(let family, let key): "\(family)/\(key)"
        }
    }

    private static func isWord(_ word: Substring) -> Bool {
        !word.isEmpty
            && word.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
                    UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }
}
