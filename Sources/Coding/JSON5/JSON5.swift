/// Reads JSON as people write it: with comments, trailing commas, names without quotes, single
/// quotes, hexadecimal numbers (json5.org).
///
/// For settings files, not for requests. Written here and not left to Foundation because Foundation
/// does not say on which line a mistake is. `Infinity` and `NaN`, which no setting takes, are
/// refused, and so is a name that comes twice.
package enum JSON5 {
    /// What is wrong, and where the reader stopped.
    package struct Mistake: Error, Hashable, Sendable, CustomStringConvertible {
        package let line: Int
        package let column: Int
        package let problem: String

        package var description: String { "line \(line), column \(column): \(problem)" }
    }

    package static func parse(_ bytes: [UInt8]) throws(Mistake) -> JSON {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw Mistake(line: 1, column: 1, problem: "the file is not UTF-8")
        }
        var parser = JSON5Parser(bytes)
        let value = try parser.value(depth: 0)
        try parser.skipSpace()
        guard parser.isAtEnd else { throw parser.mistake("nothing may follow the value") }
        return value
    }
}
