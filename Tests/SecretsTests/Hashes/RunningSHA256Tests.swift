import Secrets
import Testing

struct RunningSHA256Tests {
    @Test func `pieces come to the same as the whole`() {
        let bytes = (0..<1000).map { UInt8($0 & 255) }
        for size in [1, 7, 64, 999, 1000] {
            var hash = RunningSHA256()
            for start in stride(from: 0, to: bytes.count, by: size) {
                hash.add(Array(bytes[start..<min(start + size, bytes.count)]))
            }
            #expect(hash.digest == SHA256.digest(of: bytes), "\(size)")
        }
    }

    @Test func `nothing has a digest, and more may follow one`() {
        var hash = RunningSHA256()
        #expect(hash.digest == SHA256.digest(of: [UInt8]()))
        hash.add("abc")
        #expect(hash.digest == hash.digest)
        #expect(
            hash.digest.hexadecimal
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }
}
