import Values

/// The secrets that sign cookies and mail tokens. The first signs, all verify, so that a new one can
/// be put in front while the tokens of the old one live out their time.
package struct SigningSecrets: Sendable {
    package let current: Secret<[UInt8]>
    package let all: [Secret<[UInt8]>]

    package init(_ current: Secret<[UInt8]>, previous: [Secret<[UInt8]>] = []) {
        self.current = current
        all = [current] + previous
    }

    /// Text as better-auth takes it: its UTF-8, whatever it may look like.
    package init(_ current: Secret<String>, previous: [Secret<String>] = []) {
        self.init(Self.bytes(current), previous: previous.map(Self.bytes))
    }

    private static func bytes(_ text: Secret<String>) -> Secret<[UInt8]> {
        Secret(Array(text.exposed.utf8))
    }
}
