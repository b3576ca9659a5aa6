import CCompression
import Glibc
import HTTP
import HTTPServer
import Loop
import Testing

/// A folder that is gone with the test.
private final class Folder {
    let path: String

    init() {
        var template = Array("/tmp/atrium-files-XXXXXX\0".utf8CString)
        path = String(cString: mkdtemp(&template))
    }

    deinit { _ = system("rm -rf '\(path)'") }

    func write(_ name: String, _ text: String) {
        let file = fopen("\(path)/\(name)", "w")
        fputs(text, file)
        fclose(file)
    }
}

struct FileTests {
    private static let digits = String(repeating: "0123456789", count: 100)

    private func withFiles(
        _ folder: Folder, _ body: (Int) throws -> Void
    ) async throws {
        let pool = BlockingPool(name: "test", threads: 1, queueLimit: 100)
        defer { pool.stop() }
        let files = try #require(
            StaticFiles(root: folder.path, pool: pool, cacheControl: "no-cache"))
        let handler: RequestHandler = { request in
            let found = try? await files.response(to: request, path: request.path)
            return found ?? Response(.notFound)
        }
        try await withServer(handler: handler) { _, port in try body(port) }
    }

    @Test func `files are served with type, tag and length`() async throws {
        let folder = Folder()
        folder.write("a b.css", Self.digits)
        folder.write("index.html", "<p>hello")
        try await withFiles(folder) { port in
            let client = try TestClient(port)
            let answer = client.get("/a%20b.css")
            #expect(answer.body == Self.digits)
            #expect(answer["content-type"] == "text/css; charset=utf-8")
            #expect(answer["content-length"] == "1000")
            #expect(answer["cache-control"] == "no-cache")
            let tag = try #require(answer["etag"])
            #expect(client.get("/a%20b.css", "If-None-Match: \(tag)\r\n").status == 304)
            let modified = try #require(answer["last-modified"])
            #expect(client.get("/a%20b.css", "If-Modified-Since: \(modified)\r\n").status == 304)
            #expect(client.get("/").body == "<p>hello")
            client.send("HEAD /a%20b.css HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(client.readAnswer(toHEAD: true)["content-length"] == "1000")
            #expect(client.get("/none").status == 404)
        }
    }

    @Test func `a large file arrives whole`() async throws {
        let folder = Folder()
        let text = String(repeating: Self.digits, count: 3000)
        folder.write("large.bin", text)
        try await withFiles(folder) { port in
            let client = try TestClient(port)
            #expect(client.get("/large.bin").body == text)
        }
    }

    @Test func `ranges are answered in part`() async throws {
        let folder = Folder()
        folder.write("digits.txt", Self.digits)
        try await withFiles(folder) { port in
            let client = try TestClient(port)
            let one = client.get("/digits.txt", "Range: bytes=5-14\r\n")
            #expect(one.status == 206)
            #expect(one.body == "5678901234")
            #expect(one["content-range"] == "bytes 5-14/1000")
            let two = client.get("/digits.txt", "Range: bytes=0-1, -2\r\n")
            #expect(two.status == 206)
            #expect(two["content-type"]?.hasPrefix("multipart/byteranges; boundary=") == true)
            #expect(two.body.contains("content-range: bytes 0-1/1000\r\n\r\n01\r\n"))
            #expect(two.body.contains("content-range: bytes 998-999/1000\r\n\r\n89\r\n"))
            let none = client.get("/digits.txt", "Range: bytes=1000-\r\n")
            #expect(none.status == 416)
            #expect(none["content-range"] == "bytes */1000")
            let stale = client.get("/digits.txt", "Range: bytes=0-1\r\nIf-Range: \"old\"\r\n")
            #expect(stale.status == 200)
        }
    }

    @Test func `compressed siblings are preferred by who accepts them`() async throws {
        let folder = Folder()
        folder.write("app.js", Self.digits)
        folder.write("app.js.gz", "gzipped")
        folder.write("app.js.br", "brotli")
        try await withFiles(folder) { port in
            let client = try TestClient(port)
            let both = client.get("/app.js", "Accept-Encoding: gzip, deflate, br\r\n")
            #expect(both.body == "brotli")
            #expect(both["content-encoding"] == "br")
            #expect(both["content-type"] == "text/javascript; charset=utf-8")
            #expect(both["vary"] == "accept-encoding")
            #expect(
                client.get("/app.js", "Accept-Encoding: gzip;q=1, br;q=0.5\r\n").body == "gzipped")
            let plain = client.get("/app.js")
            #expect(plain.body == Self.digits)
            #expect(plain["vary"] == "accept-encoding")
            #expect(plain["etag"] != both["etag"])
        }
    }

    @Test(arguments: [
        "/../secret", "/%2e%2e/secret", "/a/../../secret", "/..%2fsecret", "/.hidden", "/link",
        "/a%00.css", "//etc/passwd", "/%zz", "/folder",
    ])
    func `what is outside or hidden is not found`(_ path: String) async throws {
        let folder = Folder()
        folder.write(".hidden", "x")
        symlink("/etc/passwd", "\(folder.path)/link")
        mkdir("\(folder.path)/folder", 0o755)
        try await withFiles(folder) { port in
            let client = try TestClient(port)
            #expect(client.get(path).status == 404)
        }
    }
}

struct CompressionTests {
    private static let text = String(repeating: "all work and no play ", count: 200)

    private func answer(_ fields: Fields, accepting coding: String, _ text: String = text)
        async throws
        -> TestAnswer
    {
        let handler: RequestHandler = { _ in
            Response(.ok, fields: fields, body: .bytes(Array(text.utf8)))
        }
        nonisolated(unsafe) var answer = TestAnswer(head: "")
        try await withServer(handler: handler) { _, port in
            let client = try TestClient(port)
            client.send("GET / HTTP/1.1\r\nHost: a\r\nAccept-Encoding: \(coding)\r\n\r\n")
            answer = client.readAnswer()
        }
        return answer
    }

    @Test(arguments: [
        ("br, gzip", "br"), ("gzip", "gzip"), ("gzip;q=0, identity", nil), ("*", "br"),
    ])
    func `text is compressed as the client likes it`(_ accepted: String, _ coding: String?)
        async throws
    {
        let answer = try await answer([.contentType: "application/json"], accepting: accepted)
        #expect(answer["content-encoding"] == coding)
        #expect(answer["vary"] == "accept-encoding")
        #expect(Int(answer["content-length"] ?? "")! < 500 || coding == nil)
    }

    @Test func `large bodies are compressed elsewhere`() async throws {
        let answer = try await answer(
            [.contentType: "text/html", .etag: "\"a\""], accepting: "gzip",
            String(repeating: Self.text, count: 20))
        #expect(answer["content-encoding"] == "gzip")
        #expect(answer["etag"] == "W/\"a\"")
    }

    @Test(
        arguments: [
            [.contentType: "image/png"], [:], [.contentType: "text/html", .setCookie: "a=b"],
            [.contentType: "text/html", .cacheControl: "private, no-store"],
            [.contentType: "text/html", .cacheControl: "no-transform"],
            [.contentType: "text/html", .contentEncoding: "zstd"],
        ] as [Fields])
    func `secrets and what does not shrink are left alone`(_ fields: Fields) async throws {
        let answer = try await answer(fields, accepting: "gzip")
        #expect(answer.body == Self.text)
    }

    @Test func `gzip can be undone`() throws {
        let plain = Array(Self.text.utf8)
        var coded = try #require(ResponseCompression.compress(plain, .gzip))
        var stream = z_stream()
        inflateInit2_(&stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        var back = [UInt8](repeating: 0, count: plain.count + 1)
        let count = coded.count
        coded.withUnsafeMutableBufferPointer { input in
            back.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                #expect(inflate(&stream, Z_FINISH) == Z_STREAM_END)
            }
        }
        inflateEnd(&stream)
        #expect(Array(back.dropLast()) == plain)
    }
}
