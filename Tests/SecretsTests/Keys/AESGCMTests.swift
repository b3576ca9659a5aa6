import Testing

@testable import Secrets

@Suite struct AESGCMTests {
    private static let key = bytes(
        "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308")
    private static let nonce = bytes("cafebabefacedbaddecaf888")

    /// Test case 16 of the GCM specification (McGrew and Viega): AES-256 with associated data.
    @Test func `sealing gives the specification's text and tag`() {
        let text = bytes(
            """
            d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72
            1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39
            """)
        let context = bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2")
        let sealed = bytes(
            """
            522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa
            8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662
            76fc6ece0f4e1768cddf8853bb2d551b
            """)
        text.withUnsafeBytes { text in
            context.withUnsafeBytes { context in
                #expect(
                    AESGCM.seal(text, key: Self.key, nonce: Self.nonce, authenticating: context)
                        == sealed)
                let opened = sealed.withUnsafeBytes {
                    AESGCM.open($0, key: Self.key, nonce: Self.nonce, authenticating: context)
                }
                #expect(opened == Array(text))
            }
        }
    }
}
