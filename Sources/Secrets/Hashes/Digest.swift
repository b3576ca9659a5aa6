import Coding

/// The 32 bytes of a SHA-256 or HMAC-SHA-256, without an array behind them.
///
/// Databases hold these instead of the tokens they were made from. `==` is for those: it may stop at
/// the first difference. Compare what proves something with `constantTimeEquals`.
package struct Digest: Hashable, Sendable {
    package static let count = 32

    /// In memory order, so that the bytes of the tuple are the bytes of the digest.
    private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    /// A digest that `write` fills.
    init(writing write: (UnsafeMutablePointer<UInt8>) -> Void) {
        withUnsafeMutableBytes(of: &words) {
            write($0.baseAddress!.assumingMemoryBound(to: UInt8.self))
        }
    }

    /// Nil unless there are exactly 32 bytes.
    package init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.count else { return nil }
        withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: bytes) }
    }

    package func withUnsafeBytes<Result>(
        _ body: (UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result {
        try Swift.withUnsafeBytes(of: words, body)
    }

    package var bytes: [UInt8] { withUnsafeBytes { [UInt8]($0) } }

    /// 43 characters, without padding.
    package var base64URL: String { Base64URL.encode(bytes) }

    /// 64 characters in lower case.
    package var hexadecimal: String { withUnsafeBytes { hexadecimalText($0) } }

    package static func == (left: Digest, right: Digest) -> Bool {
        left.words == right.words
    }

    package func hash(into hasher: inout Hasher) {
        // A digest is as good as random, so its first words tell as much as all of them.
        hasher.combine(words.0)
        hasher.combine(words.1)
    }
}

extension Digest: CustomStringConvertible {
    package var description: String { hexadecimal }
}

/// Two lower-case digits a byte.
func hexadecimalText(_ bytes: UnsafeRawBufferPointer) -> String {
    String(unsafeUninitializedCapacity: bytes.count * 2) { text in
        for (index, byte) in bytes.enumerated() {
            text[index * 2] = hexadecimalDigits[Int(byte >> 4)]
            text[index * 2 + 1] = hexadecimalDigits[Int(byte & 15)]
        }
        return bytes.count * 2
    }
}

private let hexadecimalDigits = [UInt8]("0123456789abcdef".utf8)
