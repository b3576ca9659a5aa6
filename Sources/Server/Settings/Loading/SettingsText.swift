import Coding

/// A setting's value written as one word, in the environment or on the command line.
enum SettingsText {
    /// Lists are written `a,b` or as JSON. All else stays text: the reader takes `5` for a number.
    static func value(_ text: String, _ schema: Schema?) -> JSON {
        guard let schema else { return .string(text) }
        if case .nullable(let inner) = schema.kind {
            return text.isEmpty ? .null : value(text, inner)
        }
        return schema.isList ? list(text) : .string(text)
    }

    static func list(_ text: String) -> JSON {
        if text.hasPrefix("["), let list = try? JSON(parsing: Array(text.utf8)) { return list }
        return .list(text.split(separator: ",").map { .string(trimmed($0)) })
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text.drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
