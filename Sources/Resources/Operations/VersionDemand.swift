import HTTP

/// Which state of a row a request means: `If-Match`.
///
/// The tag of a detail begins with the version of its row, and it is the row that a change is about;
/// so the rest is not looked at, nor whether a tag has become weak because the answer was compressed.
struct VersionDemand: Sendable {
    /// Nil where any state will do.
    private let versions: Set<String>?

    init(of request: Request) {
        let values = request.values(of: .ifMatch)
        let tags = values.flatMap(listMembers)
        // A list of nothing names no state: it is not as if nobody had asked.
        if values.isEmpty || tags.contains("*") {
            versions = nil
        } else {
            versions = Set(tags.compactMap { ETag(parsing: $0).map { Self.version(of: $0.tag) } })
        }
    }

    func accepts(_ row: ResourceRow) -> Bool {
        versions?.contains(RowTag.version(of: row)) ?? true
    }

    private static func version(of tag: String) -> String { String(tag.prefix { $0 != "-" }) }
}
