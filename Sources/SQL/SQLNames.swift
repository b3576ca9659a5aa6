/// Names with commas between them, as SELECT and INSERT take them: put together once, for whoever
/// needs the same ones in each statement.
package struct SQLNames: Hashable, Sendable {
    /// As it stands in a statement.
    let utf8: [UInt8]

    /// The names, each after that of its table where there is one.
    package init(_ names: [SQLIdentifier], of table: SQLIdentifier? = nil) {
        var fragment = SQLFragment()
        for (index, name) in names.enumerated() {
            if index > 0 { fragment.append(", ") }
            if let table { fragment.append("\(table).\(name)") } else { fragment.append("\(name)") }
        }
        utf8 = fragment.utf8
    }
}
