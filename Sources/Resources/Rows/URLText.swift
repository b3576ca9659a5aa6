import Values

/// The address of a page or a picture, as text: http or https, and nothing that a page would run.
package enum URLText {
    package static let lengthMax = 2048

    /// What RFC 3986 lets stand in a URL, without a user before the host: that is there to deceive,
    /// or a password.
    package static let pattern = try? Pattern(
        #"[hH][tT][tT][pP][sS]?://([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?"#
            + #"([/?#][!#-;=?-\[\]_a-z~]*)?"#)

    package static func check(_ text: String) throws(Invalid) {
        guard text.utf8.count <= lengthMax else { throw .tooLong(max: lengthMax) }
        guard pattern?.matches(text) == true else { throw .malformed(.url) }
    }
}
