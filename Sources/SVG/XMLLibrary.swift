import CXML

/// libxml2, loaded when the first drawing is read.
package enum XMLLibrary {
    /// Why it cannot be used. Nil when it can. The first to ask loads it, which takes a millisecond.
    package static let problem: String? = load("libxml2.so.2").map {
        "\($0); install the package libxml2"
    }

    /// Nil when it cannot be used.
    package static var version: String? {
        problem == nil ? String(cString: xml_version()) : nil
    }

    static func load(_ name: String) -> String? {
        xml_load(name).map { String(cString: $0) }
    }
}
