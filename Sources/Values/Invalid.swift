/// Why a value cannot be what it was meant to be.
///
/// Thrown by initializers of value types, which do not know the field they are read for; the reader
/// of the input adds the path and collects all of them. Each surface has its own words for them, and
/// the bad value itself is never repeated.
package enum Invalid: Error, Hashable, Sendable {
    /// What a value of the wrong type was, or should have been.
    package enum Kind: String, Sendable {
        case string, number, integer, boolean, object, list, null, instant, id
    }

    /// Formats that are more than a type.
    package enum Format: String, Sendable {
        case email, id, instant, date, url, base64, token, duration, size, text
    }

    case missing(expected: Kind)
    case wrongType(expected: Kind, received: Kind)
    /// In characters.
    case tooShort(min: Int)
    case tooLong(max: Int)
    case tooSmall(min: Double)
    case tooBig(max: Double)
    case notOneOf([String])
    case malformed(Format)
    /// A member that the input does not have.
    case unknown
    /// The same where another name is likely to have been meant.
    case misspelt(String)
    /// A rule with a name of its own, such as `password.uppercase`.
    case rule(String)
}
