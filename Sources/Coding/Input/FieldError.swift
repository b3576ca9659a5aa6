import Values

/// One field of the input that cannot be read, and why. Texts and codes are the surface's.
package struct FieldError: Hashable, Sendable {
    /// Which part of the request the field came in.
    package enum Source: String, Sendable {
        case body, query, path
    }

    package let source: Source
    /// From the top of its source: `items[0].name`. Empty for the input as a whole.
    package let path: String
    package let problem: Invalid

    package init(source: Source = .body, path: String, problem: Invalid) {
        self.source = source
        self.path = path
        self.problem = problem
    }
}

/// Input that is well-formed but not what the type needs, with the bad fields in the order the type
/// declares them. Unknown members come last.
package struct InvalidInput: Error, Hashable, Sendable {
    package let fields: [FieldError]

    package init(fields: [FieldError]) {
        self.fields = fields
    }
}
