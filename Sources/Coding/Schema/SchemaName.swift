/// Names for shapes in documents, made of the names of their types: `V1.UserBody` is `V1User`.
///
/// The types around a type are part of the name, its module is not, so that two surfaces may both
/// have a user. That two names are not the same is looked after where they are listed.
enum SchemaName {
    static func of(_ type: Any.Type) -> String {
        // What `String(reflecting:)` comes to, after it has asked the type's type for three conformances.
        let paths = withoutContexts(_typeName(type, qualified: true)).split { "<>,".contains($0) }
        return paths.map { name(of: $0) }.joined()
    }

    /// Types of extensions and private ones are written with a note in parentheses.
    private static func withoutContexts(_ text: String) -> String {
        var depth = 0
        return text.filter { character in
            if character == "(" { depth += 1 }
            defer { if character == ")" { depth -= 1 } }
            return depth == 0 && character != ":" && character != " "
        }
    }

    private static func name(of path: Substring) -> String {
        // What stands behind a generic type's arguments starts with a dot.
        var words = path.split(separator: ".").dropFirst(path.first == "." ? 0 : 1)
        if let last = words.popLast() {
            words.append(last.hasSuffix("Body") ? last.dropLast("Body".count) : last)
        }
        return words.joined()
    }
}
