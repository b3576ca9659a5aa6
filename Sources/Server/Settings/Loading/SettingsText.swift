import Coding

/// A setting's value written as one word, in the environment or on the command line.
enum SettingsText {
    /// Lists are written `a,b` or as JSON, objects as JSON. All else stays text: the reader takes `5` for a number.
    static func value(_ text: String, _ schema: Schema?) -> JSON {
        guard let schema else { return .string(text) }
        if case .nullable(let inner) = schema.kind {
            return text.isEmpty ? .null : value(text, inner)
        }
        if schema.isList { return list(text) }
        return schema.isObject ? object(text) : .string(text)
    }

    /// An object is written as JSON.
    private static func object(_ text: String) -> JSON {
        (try? JSON(parsing: Array(text.utf8))) ?? .string(text)
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
