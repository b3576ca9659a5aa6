/// What a field holds.
package enum FieldType: String, Codable, CaseIterable, Sendable {
    case text, number, integer, boolean
    /// A moment, to the microsecond.
    case instant
    /// A day, `YYYY-MM-DD`.
    case date
    /// One of a few words.
    case enumeration = "enum"
    /// Anything that JSON can say.
    case json
    case email, url
    /// A row of a declared resource.
    case reference
}

extension FieldType {
    /// Types whose values are text in the API.
    var isText: Bool { [.text, .email, .url].contains(self) }

    /// Types whose values an index may hold, as long as they are bounded.
    var isOrdered: Bool { self != .json && self != .url }
}
