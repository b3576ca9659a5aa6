import Values

/// One line of text, of so many characters: a name, words to look for.
package protocol LineValue: StringValue {
    static var lengths: ClosedRange<Int> { get }

    /// One that was checked, or that the program writes down.
    init(known text: String)
}

extension LineValue {
    package init(_ text: String) throws(Invalid) {
        try text.requireText(length: Self.lengths)
        self.init(known: text)
    }

    package static var schema: Schema { .string(length: lengths, pattern: .withoutControls) }
}

extension String {
    /// The pattern of text that `requireText` takes.
    package static let withoutControls = #"^[^\u0000-\u001F\u007F-\u009F]*$"#
}
