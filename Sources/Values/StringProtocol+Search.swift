// Swift looks for texts in texts by its module of regular expressions, which brings a parser and a
// machine of its own to the program: libraries are compiled without it (Package.swift).

extension StringProtocol where SubSequence == Substring {
    /// Where a text stands for the first time, compared byte by byte: a letter is found whatever
    /// accent follows it. An empty text stands nowhere.
    package func firstRange(of text: String) -> Range<Index>? {
        guard let first = text.utf8.first else { return nil }
        var rest = Substring(self).utf8
        while let start = rest.firstIndex(of: first) {
            rest = rest[start...]
            if rest.starts(with: text.utf8) {
                return start..<rest.index(start, offsetBy: text.utf8.count)
            }
            rest = rest.dropFirst()
        }
        return nil
    }

    package func contains(_ text: String) -> Bool { firstRange(of: text) != nil }

    /// All places of a text, none of which overlaps another.
    package func ranges(of text: String) -> [Range<Index>] {
        var ranges: [Range<Index>] = []
        var rest = self[...]
        while let range = rest.firstRange(of: text) {
            ranges.append(range)
            rest = self[range.upperBound...]
        }
        return ranges
    }

    /// What stands between the places of a text, empty pieces too: one more than there are places.
    package func split(by text: String) -> [Substring] {
        var pieces: [Substring] = []
        var start = startIndex
        for range in ranges(of: text) {
            pieces.append(self[start..<range.lowerBound])
            start = range.upperBound
        }
        return pieces + [self[start...]]
    }

    package func replacing(_ text: String, with other: String) -> String {
        split(by: text).joined(separator: other)
    }
}
