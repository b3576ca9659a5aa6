import Fuzzing
import Values

// `fuzz-http [SECONDS] [SEED]`, with inputs of our own, or libFuzzer's.

private let texts = [
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

private let tokens = [
    "\r\n", "\n", "\r", ":", " ", "\0", "\t", "Content-Length: 3\r\n", "0\r\n\r\n",
    "Transfer-Encoding: chunked\r\n", "HTTP/1.1", "\r\n\r\n", "ffffffff", "?", "#", "\u{7f}",
    "Host: a\r\n", "Expect: 100-continue\r\n", ";", "//", "%", "1\r\nx\r\n", "\r\n--b",
    "--", "\r\n--b\r\n", "\"", "\\",
]

#if !LIBFUZZER
    @main
    struct Mutator {
        static func main() {
            var run = FuzzRun()
            var damage = TextDamage(to: texts, tokens: tokens, seed: run.seed)
            var splits = SeededNumbers(seed: run.seed)
            run { run in
                check((splits.bytes(1) + damage.next())[...])
                run.count("inputs without a difference")
            }
        }
    }
#else
    /// The package manager's name for this program's `main`.
    @_cdecl("fuzz_http_main")
    public func fuzzMain(
        _ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    ) -> CInt {
        runLibFuzzer(count, arguments) { fuzzOne($0, $1) }
    }
#endif
