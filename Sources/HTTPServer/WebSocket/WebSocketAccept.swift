import COpenSSL

/// What a server answers to a handshake's key (RFC 6455 §4.2.2): the client sees that the answer is to
/// its own question and from someone who knows the protocol.
///
/// SHA-1 protects nothing here, so that its weakness does not matter. It is OpenSSL's, and therefore
/// computed in this layer: the one below knows no C library.
enum WebSocketAccept {
    private static let suffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

    /// Nil where the system's policy forbids SHA-1 altogether.
    static func answer(to key: String) -> String? {
        var text = key + suffix
        var digest = [UInt8](repeating: 0, count: 20)
        let isDone = text.withUTF8 {
            EVP_Digest($0.baseAddress, $0.count, &digest, nil, EVP_sha1(), nil) == 1
        }
        return isDone ? base64(digest) : nil
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        // The function writes a zero after the text.
        var text = [UInt8](repeating: 0, count: (bytes.count + 2) / 3 * 4 + 1)
        let count = EVP_EncodeBlock(&text, bytes, Int32(bytes.count))
        return String(decoding: text[..<Int(count)], as: UTF8.self)
    }
}
