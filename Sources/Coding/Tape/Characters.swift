// Names for the bytes that JSON is made of, so that parser and writer read like the grammar.

extension UInt8 {
    static var quote: UInt8 { 0x22 }
    static var backslash: UInt8 { 0x5C }
    static var slash: UInt8 { 0x2F }
    static var openBrace: UInt8 { 0x7B }
    static var closeBrace: UInt8 { 0x7D }
    static var openBracket: UInt8 { 0x5B }
    static var closeBracket: UInt8 { 0x5D }
    static var comma: UInt8 { 0x2C }
    static var colon: UInt8 { 0x3A }
    static var minus: UInt8 { 0x2D }
    static var plus: UInt8 { 0x2B }
    static var point: UInt8 { 0x2E }
    static var zero: UInt8 { 0x30 }
    static var nine: UInt8 { 0x39 }
    static var space: UInt8 { 0x20 }
    static var tab: UInt8 { 0x09 }
    static var lineFeed: UInt8 { 0x0A }
    static var carriageReturn: UInt8 { 0x0D }
    static var backspace: UInt8 { 0x08 }
    static var formFeed: UInt8 { 0x0C }
    static var lowerB: UInt8 { 0x62 }
    static var lowerE: UInt8 { 0x65 }
    static var lowerF: UInt8 { 0x66 }
    static var lowerN: UInt8 { 0x6E }
    static var lowerR: UInt8 { 0x72 }
    static var lowerT: UInt8 { 0x74 }
    static var lowerU: UInt8 { 0x75 }

    @inline(__always) var isDigit: Bool { self &- .zero < 10 }

    /// The value of a hexadecimal digit of either case.
    @inline(__always) var hexadecimal: UInt8? {
        switch self {
        case .zero ... .nine: self &- .zero
        case 0x41...0x46: self &- 0x41 &+ 10
        case 0x61...0x66: self &- 0x61 &+ 10
        default: nil
        }
    }
}
