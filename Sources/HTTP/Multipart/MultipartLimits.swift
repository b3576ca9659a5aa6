/// What a form in parts may cost before anybody looks at what it says.
package struct MultipartLimits: Hashable, Sendable {
    /// Parts of one form.
    package var parts = 32
    /// The fields above the data of one part.
    package var headBytes = 8 * 1024
    /// What stands before the first part, which nobody reads.
    package var preambleBytes = 1024

    package init() {}
}

/// Why a form in parts cannot be read.
package enum MultipartProblem: Error, Hashable, Sendable {
    /// The content type names no boundary, or one that cannot be (RFC 2046 §5.1.1).
    case noBoundary
    /// Not as RFC 7578 and RFC 2046 say.
    case malformed
    /// It ends before its last delimiter.
    case truncated
    case tooManyParts
    case headTooLarge
}
