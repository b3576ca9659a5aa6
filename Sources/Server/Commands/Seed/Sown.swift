import Coding

/// What became of one of the seeds.
struct Sown {
    /// Whether it was made now.
    let isMade: Bool
    /// `test@example.com`, `items/sample`
    let title: String
    let line: String

    var json: JSON { ["seed": .string(title), "made": .boolean(isMade)] }

    static func made(_ title: String, _ line: String) -> Sown {
        Sown(isMade: true, title: title, line: line)
    }

    static func isThere(_ title: String) -> Sown {
        Sown(
            isMade: false, title: title, line: "\(title) is there already; nothing was changed.")
    }
}
