/// What a file is called, made of what its sender calls it. Shown and offered as a name to save
/// under; nothing here is ever found by it.
enum CleanName {
    static let lengthMax = 200
    static let unnamed = "file"

    /// The last part of a path, on one line, without what no name has.
    static func of(_ given: String?) -> String {
        let last = (given ?? "").split { $0 == "/" || $0 == "\\" }.last ?? ""
        var name = Substring(
            String(String.UnicodeScalarView(last.unicodeScalars.filter(isAllowed))))
        while name.first?.isWhitespace == true { name.removeFirst() }
        while name.last?.isWhitespace == true { name.removeLast() }
        name = name.prefix(lengthMax)
        return name.allSatisfy { $0 == "." } ? unnamed : bounded(name)
    }

    /// One character may be of any number of scalars.
    private static func bounded(_ name: Substring) -> String {
        String(String.UnicodeScalarView(name.unicodeScalars.prefix(lengthMax)))
    }

    /// No control characters, and none that turn the direction of what follows; the one that joins
    /// emoji may stay.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse:
            false
        case .format: scalar == "\u{200d}"
        default: true
        }
    }
}
