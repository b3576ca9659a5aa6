import Values

/// The words of one kind of mail, with `{{name}}` where a value stands.
///
/// The text's first line is the subject, an empty line follows. Values are put in as they are, and
/// escaped in HTML. There is nothing else to a template: no conditions, no loops, no markup in values.
package struct MailTemplate: Sendable {
    /// What the files of an operator who wants other words are called: `reset-password`.
    package let name: String
    package let text: String
    package let html: String
    /// The values that it may name.
    let slots: Set<String>

    /// Words that are part of the program; a test reads each of them.
    package init(_ name: StaticString, slots: Set<String>, text: StaticString, html: StaticString) {
        (self.name, self.slots) = (name.description, slots)
        (self.text, self.html) = (text.description, html.description)
    }

    private init(_ standard: MailTemplate, text: String, html: String) {
        (name, slots) = (standard.name, standard.slots)
        (self.text, self.html) = (text, html)
    }

    /// Why words cannot be used.
    package struct Mistake: Error, Sendable, CustomStringConvertible {
        package let description: String
    }

    /// The same mail in an operator's words: either part, or both.
    package func replaced(text: String?, html: String?) throws(Mistake) -> MailTemplate {
        let new = MailTemplate(self, text: text ?? self.text, html: html ?? self.html)
        try new.check(new.text, "\(name).txt")
        try new.check(new.html, "\(name).html")
        guard !new.parts.subject.isEmpty, !new.parts.body.isEmpty else {
            throw Mistake(
                description: "\(name).txt needs a subject, an empty line and a text.")
        }
        return new
    }

    package func mail(to recipient: EmailAddress, _ values: [String: String]) -> Mail {
        let (subject, body) = parts
        return Mail(
            to: recipient, kind: name, subject: Self.filled(subject, values),
            text: Self.filled(body, values),
            html: Self.filled(Substring(html), values.mapValues(Self.escaped)))
    }

    private var parts: (subject: Substring, body: Substring) {
        let lines = text.split(
            maxSplits: 1, omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let body = lines.count > 1 ? lines[1].drop { $0.isNewline } : ""
        return (lines[0], body)
    }

    private func check(_ words: String, _ file: String) throws(Mistake) {
        for part in words.split(by: "{{").dropFirst() {
            let slot = String(part.prefix { $0 != "}" })
            guard slots.contains(slot), part.dropFirst(slot.count).hasPrefix("}}") else {
                let known = slots.sorted().map { "{{\($0)}}" }.joined(separator: ", ")
                throw Mistake(
                    description: "\(file) has {{\(slot.prefix(40)) and may have \(known).")
            }
        }
    }

    /// One pass: what a value holds is not looked at again.
    private static func filled(_ words: Substring, _ values: [String: String]) -> String {
        let parts = words.split(by: "{{")
        var text = String(parts.first ?? "")
        for part in parts.dropFirst() {
            let slot = part.prefix { $0 != "}" }
            text += (values[String(slot)] ?? "") + part.dropFirst(slot.count + 2)
        }
        return text
    }

    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
