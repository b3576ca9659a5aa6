import Testing

/// What a client may send in one go, and what has to come of it.
struct WebSocketCase: CustomTestStringConvertible, Sendable {
    /// Of RFC 6455.
    let section: String
    let name: String
    let bytes: [UInt8]
    let log: [String]

    init(_ section: String, _ name: String, _ bytes: [UInt8], _ log: String...) {
        self.section = section
        self.name = name
        self.bytes = bytes
        self.log = log
    }

    init(_ section: String, _ name: String, _ bytes: [UInt8], log: [String]) {
        self.section = section
        self.name = name
        self.bytes = bytes
        self.log = log
    }

    var testDescription: String { "§\(section) \(name)" }

    /// The longest message of these cases.
    static let messageBytes = 70_000

    static let all = [
        headers, reservedBits, otherReservedBits, reservedOpcodes, unfinished, lengths, longForms,
        eightBytes, negativeLengths, tooLong, masks, maskedLengths, examples, fragments, controls,
        closes, validCodes, invalidCodes, valid, invalid, invalidBehindASCII, textFragments,
    ].flatMap { $0 }
}

extension WebSocketCase {
    typealias Frame = ClientFrame

    static let hello = Frame.text("Hello")
    static let helloLine = "text Hello"
    static let bad = "close 1002"

    static func letters(_ count: Int) -> [UInt8] { [UInt8](repeating: 0x61, count: count) }
}
