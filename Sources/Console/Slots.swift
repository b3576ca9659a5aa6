import Values

/// What stands in a page for `{{name}}`.
///
/// The values are markup already. Slots that are not named here stay as they are.
struct Slots {
    private let values: [String: String]

    init(_ values: [String: String]) { self.values = values }

    func filled(_ page: [UInt8]) -> [UInt8] {
        let parts = String(decoding: page, as: UTF8.self).split(by: "{{")
        return Array(parts.dropFirst().reduce(into: String(parts[0]), fill).utf8)
    }

    private func fill(_ text: inout String, _ part: Substring) {
        let name = part.prefix { $0 != "}" }
        if let value = values[String(name)], part[name.endIndex...].hasPrefix("}}") {
            text += value + part[name.endIndex...].dropFirst(2)
        } else {
            text += "{{" + part
        }
    }
}
