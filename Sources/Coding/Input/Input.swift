/// What a request brings for an operation to read, still undecoded.
package struct Input: Sendable {
    /// A name and its text, percent-decoded.
    package typealias Field = (name: String, text: String)

    /// The body as it came, not yet read.
    package enum Body: Sendable {
        case none
        /// JSON text. No bytes at all read as an object without members.
        case json([UInt8])
        /// `application/x-www-form-urlencoded`, undecoded. Its texts are read loosely.
        case form([UInt8])
        case tree(JSON)
        /// A tree whose strings are read loosely: settings from environment and flags.
        case looseTree(JSON)
    }

    package var path: [Field]
    package var query: [Field]
    package var body: Body

    package init(path: [Field] = [], query: [Field] = [], body: Body = .none) {
        self.path = path
        self.query = query
        self.body = body
    }
}
