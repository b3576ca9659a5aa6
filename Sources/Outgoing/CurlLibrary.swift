import CCurl

/// libcurl, loaded when the first mail or request leaves: with the sixteen libraries that it brings,
/// it would cost every server a megabyte and milliseconds of its start.
package enum CurlLibrary {
    /// Why it cannot be used. Nil when it can. The first to ask loads it, which takes milliseconds.
    package static let problem: String? = load("libcurl.so.4").map {
        "\($0); install the package libcurl4"
    }

    /// What it is and was built with. Nil when it cannot be used.
    package static var version: String? {
        problem == nil ? String(cString: curl_words()) : nil
    }

    static func load(_ name: String) -> String? {
        curl_load(name).map { String(cString: $0) }
    }
}
