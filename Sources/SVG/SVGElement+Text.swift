extension SVGElement {
    /// The element as text: without spaces between elements, attributes in their order, and with no
    /// character that a parser of XML or HTML could take for markup.
    var text: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to text: inout String, isRoot: Bool = true) {
        text += "<\(tag.rawValue)"
        if isRoot { text += " xmlns=\"\(Self.namespace)\"" }
        for (name, value) in attributes {
            text += " \(name)=\""
            value.text.escape(into: &text)
            text += "\""
        }
        guard !children.isEmpty else {
            text += "/>"
            return
        }
        text += ">"
        for child in children {
            switch child {
            case .element(let element): element.write(to: &text, isRoot: false)
            case .text(let words): words.escape(into: &text)
            }
        }
        text += "</\(tag.rawValue)>"
    }
}

extension String {
    fileprivate func escape(into text: inout String) {
        for scalar in unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            // A parser would read it as a line feed.
            case "\r": text += "\n"
            default: text.unicodeScalars.append(scalar)
            }
        }
    }
}
