import HTTP
import Testing

/// RFC 7578 and RFC 2046 §5.1.
struct MultipartParserTests {
    @Test func `a form of a text and a file`() throws {
        let form = try Form(
            .part("name=\"title\"", "An engine")
                + .part(
                    "name=\"file\"; filename=\"engine.png\"", "\u{89}PNG",
                    "Content-Type: image/png\r\n") + "--b--\r\n")
        #expect(form.isOver && form.problem == nil)
        #expect(form.parts.map(\.head.name) == ["title", "file"])
        #expect(form.parts.map(\.head.filename) == [nil, "engine.png"])
        #expect(form.parts[1].head.type?.essence == "image/png")
        #expect(form.parts.map(\.text) == ["An engine", "\u{89}PNG"])
        #expect(form.parts.map(\.isComplete) == [true, true])
    }

    @Test func `nothing is a part's data as well as one byte and a line end`() throws {
        for data in ["", "x", "\r\n", "\n", "\r", "\r\n--", "--", "-", "\r\n--a", "\r\r\n"] {
            let form = try Form(.part("name=a", data) + "--b--")
            #expect(form.parts.map(\.text) == [data], "\(data.utf8)")
        }
    }

    @Test func `what only begins as a delimiter is data`() throws {
        for data in [
            "\r\n--bc", "\r\n--b.", "\r\n--b-\r\n", "\r\n--b-x", "\r\n--b\n", "\r\n-b", "x--b--",
            "\r\n--\r\n--", "\r\n\r\n--c--",
        ] {
            let form = try Form(.part("name=a", data) + "--b--")
            #expect(form.parts.map(\.text) == [data], "\(data)")
        }
    }

    @Test func `what stands before and after is nobody's, and blanks may follow a boundary`() throws
    {
        let part = "Content-Disposition: form-data; name=a\r\n\r\n1"
        for text in [
            "This is a form.\r\n--b\r\n\(part)\r\n--b--", "\r\n--b\r\n\(part)\r\n--b--\r\nEnd",
            "--b \t \r\n\(part)\r\n--b--", "--b\r\n\(part)\r\n--b--\r\n--b\r\n",
            "\r\n--c\r\n--b\r\n\(part)\r\n--b--",
        ] {
            let form = try Form(text)
            #expect(form.isOver, "\(text)")
            #expect(form.parts.map(\.text) == ["1"], "\(text)")
        }
    }

    @Test func `a part without data may end with its head`() throws {
        let head = "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n"
        let form = try Form(head + "--b--")
        #expect(form.isOver && form.parts.map(\.text) == [""])
        let two = try Form(head + head + "\r\n--b--")
        #expect(two.isOver && two.parts.map(\.text) == ["", ""])
        let data = try Form(head + "--c\r\n--b--")
        #expect(data.parts.map(\.text) == ["--c"])
    }

    @Test func `a form without parts is over at once`() throws {
        let form = try Form("--b--")
        #expect(form.isOver && form.parts.isEmpty)
    }

    /// What browsers, curl and others write for the same names.
    @Test(arguments: [
        (#"name="file"; filename="a b.png""#, "a b.png"),
        (#"name="file"; filename="a%22b%0D%0A.png""#, "a\"b\r\n.png"),
        (#"name="file"; filename="a\"b.png""#, "a\"b.png"),
        (#"name="file"; filename="a\b.png""#, #"a\b.png"#),
        (#"name="file"; filename="é👍;x=y.png""#, "é👍;x=y.png"),
        (#"filename=plain.png; name=file"#, "plain.png"),
        (#"name="file"; filename="""#, ""),
        (#"NAME = "file" ; FileName="x"; more=1"#, "x"),
        (#"name="file"; filename="../../etc/passwd""#, "../../etc/passwd"),
        (#"name="file"; filename="x"; filename*=UTF-8''y"#, "x"),
    ])
    func `names as clients write them`(disposition: String, filename: String) throws {
        let form = try Form(.part(disposition, "1") + "--b--")
        #expect(form.parts.map(\.head) == [PartHead(name: "file", filename: filename)])
    }

    @Test(arguments: [
        "--b\r\n\r\n1\r\n--b--", "--b\r\nContent-Type: text/plain\r\n\r\n1\r\n--b--",
        "--b\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n--b--",
        "--b\r\nContent-Disposition: form-data\r\n\r\n1\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=\"\"\r\n\r\n1\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\n1\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=a; filename=b; filename=c\r\n\r\n1\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=a; x\r\n\r\n1\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b\r\n\r\n--b--",
        "--b\r\n Content-Disposition: form-data; name=a\r\n\r\n1\r\n--b--",
        "--b\r\nContent-Disposition : form-data; name=a\r\n\r\n1\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=a\r\n folded\r\n\r\n1\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=a\nX: y\r\n\r\n1\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=a\0\r\n\r\n1\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\nMQ==\r\n--b--",
        "--b x\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--b--",
        "--b\rX", "--b\r\nno colon\r\n\r\n",
        "--b" + String(repeating: " ", count: 100) + "\r\n",
    ])
    func `what is no form is refused`(text: String) throws {
        let form = try Form(text)
        #expect(form.problem == .malformed, "\(text)")
    }

    @Test func `a name that is no UTF-8 is refused`() throws {
        let head = Array("--b\r\nContent-Disposition: form-data; name=\"".utf8) + [0xff]
        let form = try Form(head + Array("\"\r\n\r\n1\r\n--b--".utf8))
        #expect(form.problem == .malformed)
    }

    @Test(arguments: [
        "", "--", "--b", "--b-", "--b\r\n", "--b\r\nContent-Disposition: form-data", "x",
    ])
    func `a form that ends early says so`(text: String) throws {
        #expect(try Form(text).problem == .truncated)
        let cut = try Form(.part("name=a", "1"))
        #expect(cut.problem == .truncated)
        #expect(!cut.isOver && cut.parts.map(\.isComplete) == [false])
    }

    @Test(arguments: [
        "", String(repeating: "b", count: 71), "\"a \"", "\"é\"", "\"a\u{7f}\"", "\"a\"b",
    ])
    func `a boundary that cannot be is refused`(boundary: String) throws {
        let type = try #require(MediaType("multipart/form-data; boundary=\(boundary)"))
        #expect(throws: MultipartProblem.noBoundary) { try MultipartParser(type) }
    }

    @Test(arguments: ["a", "----WebKitFormBoundaryZ8fDbKkTgJ5C1bcE", "\"'()+_,-./:=? x\""])
    func `a boundary that may be is taken`(boundary: String) throws {
        let text = boundary.filter { $0 != "\"" }
        let form = try Form(
            Array(
                "--\(text)\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--\(text)--".utf8),
            boundary: boundary)
        #expect(form.parts.map(\.text) == ["1"])
    }

    @Test func `each limit has its answer`() throws {
        var limits = MultipartLimits()
        (limits.parts, limits.headBytes, limits.preambleBytes) = (2, 60, 10)
        let two: String = .part("name=a", "1") + .part("name=b", "2")
        #expect(try Form(two + "--b--", limits: limits).problem == nil)
        #expect(
            try Form(two + .part("name=c", "3") + "--b--", limits: limits).problem == .tooManyParts)
        let long: String = .part("name=\"\(String(repeating: "a", count: 40))\"", "1")
        #expect(try Form(long, limits: limits).problem == .headTooLarge)
        let endless = "--b\r\n" + String(repeating: "x", count: 1000)
        #expect(try Form(endless, limits: limits).problem == .headTooLarge)
        #expect(try Form("12345678901", limits: limits).problem == .malformed)
        #expect(try Form("1234567890", limits: limits).problem == .truncated)
    }
}
