extension String {
    /// Throws unless the text has so many characters, counted as databases and JSON Schema do, in
    /// Unicode scalars, and none of them is a control character: no column takes a NUL, and a line
    /// feed in a name would end up in the head of a mail.
    package func requireText(length: ClosedRange<Int>) throws(Invalid) {
        let count = unicodeScalars.count
        guard count >= length.lowerBound else { throw .tooShort(min: length.lowerBound) }
        guard count <= length.upperBound else { throw .tooLong(max: length.upperBound) }
        guard !unicodeScalars.contains(where: Self.isControl) else { throw .malformed(.text) }
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value)
    }
}
