/// Why a token is not believed. For the log and for tests: to whoever sent it, all of these are one.
package enum JWTError: String, Error, CaseIterable, Sendable {
    /// Longer than the rules allow.
    case tooLarge
    /// Not three parts of strict base64url, or a header or claims that are not what RFC 7519 says.
    case malformed
    /// Signed otherwise than with the key's algorithm; `none` among them.
    case wrongAlgorithm
    /// The header demands an extension, and none is known here (RFC 7515 §4.1.11).
    case criticalExtension
    case unknownKey
    case wrongSignature
    case wrongType
    case noExpiry
    case expired
    case notYetValid
    case wrongIssuer
    case wrongAudience
    /// An id_token of another sign-in.
    case wrongNonce
}
