import CLinux
import Glibc

// `fuzz-http [SECONDS] [SEED]`, with inputs of our own. For libFuzzer's
// build with `-Xswiftc -sanitize=fuzzer,address -Xswiftc -DLIBFUZZER`.

private func mutate(_ random: inout Random) -> [UInt8] {
    let seeds = [
        "GET /users/12345?verbose=1 HTTP/1.1\r\nHost: a\r\nUser-Agent: x y\r\nConnection: close\r\n\r\n",
        "POST /u HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhelloGET / HTTP/1.1\r\nHost: b\r\n\r\n",
        "POST /u HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "4\r\nWiki\r\n5;x=y\r\npedia\r\n0\r\nT: v\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n",
        "\r\n\r\nGET http://h/x HTTP/1.0\r\nHost: h\r\nExpect: 100-continue\r\nA:\t b \r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: [::1]:80\r\nConnection: a, keep-alive\r\n\r\n",
        "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--b \r\n"
            + "Content-Disposition: form-data; name=file; filename=\"a\\\"%22.png\"\r\n"
            + "Content-Type: image/png\r\n\r\n\r\n--\r\n--c\r\n--b-\r\n--b--\r\n",
    ]
    let tokens = [
        "\r\n", "\n", "\r", ":", " ", "\0", "\t", "Content-Length: 3\r\n", "0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n", "HTTP/1.1", "\r\n\r\n", "ffffffff", "?", "#", "\u{7f}",
        "Host: a\r\n", "Expect: 100-continue\r\n", ";", "//", "%", "1\r\nx\r\n", "\r\n--b",
        "--", "\r\n--b\r\n", "\"", "\\",
    ]
    var bytes = Array(seeds[random.below(seeds.count)].utf8)
    for _ in 0..<random.below(5) where !bytes.isEmpty {
        let index = random.below(bytes.count)
        switch random.below(5) {
        case 0: bytes[index] = UInt8(truncatingIfNeeded: random.next())
        case 1: bytes.remove(at: index)
        case 2: bytes.insert(contentsOf: tokens[random.below(tokens.count)].utf8, at: index)
        case 3: bytes.removeLast(bytes.count - index)
        default:
            let end = min(bytes.count, index + 20)
            bytes.insert(contentsOf: bytes[index..<end], at: index)
        }
    }
    return [UInt8(truncatingIfNeeded: random.next())] + bytes
}

#if !LIBFUZZER
    @main
    struct Mutator {
        static func main() {
            let arguments = CommandLine.arguments.dropFirst().compactMap { UInt64($0) }
            let seconds = arguments.first ?? 10
            var random = Random(arguments.dropFirst().first ?? 1)
            let end = linux_monotonic_nanoseconds() + seconds * 1_000_000_000
            var inputs = 0
            while linux_monotonic_nanoseconds() < end {
                for _ in 0..<100 { check(mutate(&random)[...]) }
                inputs += 100
            }
            // The result is for the person who runs it.
            print("\(inputs) inputs, no difference")
        }
    }
#else
    @_silgen_name("LLVMFuzzerRunDriver")
    private func runLibFuzzer(
        _ count: UnsafeMutablePointer<CInt>,
        _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
        _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
    ) -> CInt

    /// The package manager's name for this program's `main`.
    @_cdecl("fuzz_http_main")
    public func fuzzMain(
        _ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    ) -> CInt {
        var (count, arguments) = (count, arguments)
        return runLibFuzzer(&count, &arguments) { fuzzOne($0, $1) }
    }
#endif
