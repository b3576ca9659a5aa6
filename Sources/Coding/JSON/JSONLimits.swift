/// What JSON text from outside may cost.
package struct JSONLimits: Hashable, Sendable {
    /// Objects and lists inside one another. More than `deepest` is not to be had: reading uses the
    /// stack.
    package var depth = 64
    package var bytes = 1 << 20
    /// Bytes of one number.
    package var numberBytes = 1024
    /// Bad fields that are listed before reading stops.
    package var fieldErrors = 100

    package static let deepest = 512

    package init() {}

    package init(bytes: Int) {
        self.bytes = bytes
    }
}

/// Text that is not JSON, or breaks a limit: what, and at which byte.
package struct JSONSyntaxError: Error, Hashable, Sendable {
    /// Why a text was refused; a closed list, safe to show.
    package enum Code: String, Sendable {
        case empty, unexpected, endOfInput, trailing, byteOrderMark
        case badNumber, badEscape, loneSurrogate, controlCharacter, badUTF8, duplicateKey
        case tooLarge, tooDeep, numberTooLarge, numberTooLong
    }

    package let code: Code
    package let offset: Int

    package init(_ code: Code, at offset: Int) {
        self.code = code
        self.offset = offset
    }
}
