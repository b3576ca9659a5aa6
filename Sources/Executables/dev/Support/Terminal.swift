import Foundation

/// Writes a line at once: these commands run for minutes, and their output is often a file.
func say(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
}

func complain(_ line: String) {
    FileHandle.standardError.write(Data((line + "\n").utf8))
}

extension String {
    func padded(to width: Int) -> String {
        count < width ? self + String(repeating: " ", count: width - count) : self + " "
    }

    func aligned(to width: Int) -> String {
        String(repeating: " ", count: max(0, width - count)) + self
    }
}

/// Rows of text in columns as wide as they need to be; numbers to the right.
struct TextTable {
    private var rows: [[String]]

    init(_ heads: String...) {
        self.init(heads)
    }

    init(_ heads: [String]) {
        rows = [heads]
    }

    mutating func add(_ cells: String...) {
        add(cells)
    }

    mutating func add(_ cells: [String]) {
        rows.append(cells)
    }

    var lines: [String] {
        let widths = rows[0].indices.map { column in rows.map(\.[column].count).max() ?? 0 }
        return rows.map { row in
            row.indices.map { column in
                let startsWithDigit = rows[1...].allSatisfy { $0[column].first?.isNumber ?? true }
                return startsWithDigit && rows.count > 1
                    ? row[column].aligned(to: widths[column])
                    : row[column].padded(to: widths[column] + 1)
            }.joined(separator: "  ")
        }
    }

    func show() {
        for line in lines { say(line) }
    }
}
