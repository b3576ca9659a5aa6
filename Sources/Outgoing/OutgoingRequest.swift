import HTTP

/// A request to another server: a GET, or a POST where it has a body.
package struct OutgoingRequest: Sendable {
    package let url: String
    package var fields = Fields()
    package var body: [UInt8]?
    /// Instead of the client's.
    package var timeout: Duration?

    package init(_ url: String) { self.url = url }

    /// Nil for what is no address of HTTP, or could be read as something else on the way.
    var isEncrypted: Bool? {
        guard url.utf8.count <= Self.urlBytesMax, url.utf8.allSatisfy({ 0x21...0x7e ~= $0 }) else {
            return nil
        }
        let start = url.prefix(8).lowercased()
        if start.hasPrefix("https://") { return true }
        return start.hasPrefix("http://") ? false : nil
    }

    private static let urlBytesMax = 8192
}

/// What another server has answered.
package struct OutgoingAnswer: Sendable {
    package let status: Int
    package let fields: Fields
    package let body: [UInt8]
}

extension OutgoingAnswer {
    init(_ end: Transfer.End) {
        status = end.response
        body = end.content
        var fields = Fields()
        for line in end.lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let name = FieldName(String(parts[0])) else { continue }
            fields.append(name, String(parts[1].drop { $0 == " " || $0 == "\t" }))
        }
        self.fields = fields
    }
}
