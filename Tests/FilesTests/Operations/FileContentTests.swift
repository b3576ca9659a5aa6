import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Secrets
import Server
import Testing
import Values

@testable import Files

/// The bytes of a file, as they are served.
struct FileContentTests {
    private func withFile(
        _ data: [UInt8] = Sample.png, name: String = "engine.png", on engine: Engine = .sqlite,
        _ body: @escaping @Sendable (TestClient, TestUser, JSON) async throws -> Void
    ) async throws {
        try await withServer(on: engine) { client in
            let user = try await client.user()
            try await body(client, user, try await client.keep(data, name: name, by: user))
        }
    }

    private static func path(_ json: JSON) -> String {
        "/api/v1/files/\(json["id"]?.asString ?? "")/content"
    }

    @Test func `nothing runs in what is served`() async throws {
        for (data, name, type, disposition) in [
            (Sample.png, "a.png", "image/png", "inline; filename=\"a.png\""),
            (Sample.png, "a.html", "image/png", "inline; filename=\"a.html\""),
            (
                Array("<script>alert(1)</script>".utf8), "a.png", "text/plain; charset=utf-8",
                "attachment; filename=\"a.png\""
            ),
            (
                Array("%PDF-1.7\n".utf8), "é\".pdf", "application/pdf",
                "attachment; filename=\"__.pdf\"; filename*=UTF-8''%C3%A9%22.pdf"
            ),
            ([0, 1, 2], "x", "application/octet-stream", "attachment; filename=\"x\""),
        ] {
            try await withFile(data, name: name.replacing("\"", with: "%22")) {
                client, user, json in
                let answer = await client.get(Self.path(json), bearer: user.accessToken)
                #expect(answer[.contentType] == type)
                #expect(answer[.contentDisposition] == disposition)
                #expect(answer["x-content-type-options"] == "nosniff")
                #expect(answer["content-security-policy"] == "default-src 'none'; sandbox")
                #expect(answer[.cacheControl] == "private, no-cache")
                #expect(answer.content == data)
            }
        }
    }

    @Test func `ranges, conditions and heads`() async throws {
        try await withFile(Sample.png(ofBytes: 5000)) { client, user, json in
            let path = Self.path(json)
            let ask = { (fields: Fields) in
                await client.get(path, bearer: user.accessToken, fields)
            }
            let whole = await ask([:])
            let tag = try #require(whole[.etag])
            #expect(whole[.acceptRanges] == "bytes")
            let part = await ask([.range: "bytes=10-19"])
            #expect(part.status == 206)
            #expect(part[.contentRange] == "bytes 10-19/5000")
            #expect(part.content == Array(whole.content[10..<20]))
            #expect(await ask([.range: "bytes=-5"]).content == Array(whole.content.suffix(5)))
            #expect(await ask([.range: "bytes=4990-"]).content.count == 10)
            let beyond = await ask([.range: "bytes=5000-"])
            #expect(beyond.status == 416)
            #expect(beyond[.contentRange] == "bytes */5000")
            #expect(await ask([.range: "bytes=0-9", .ifRange: tag]).status == 206)
            #expect(await ask([.range: "bytes=0-9", .ifRange: "\"other\""]).status == 200)
            #expect(await ask([.ifNoneMatch: tag]).status == 304)
            #expect(await ask([.ifMatch: "\"other\""]).status == 412)
            let head = await client.send(
                .head, path, [.authorization: "Bearer " + user.accessToken])
            #expect(head.status == 200 && head[.etag] == tag)
        }
    }

    @Test func `ranges that are an attack are answered as the whole`() async throws {
        try await withFile(Sample.png(ofBytes: 5000)) { client, user, json in
            let many = (0..<1000).map { "\($0 * 2)-\($0 * 2)" }.joined(separator: ",")
            for range in [
                "bytes=" + many, "bytes=0-,0-,0-", "bytes=9-1", "bytes=a-b", "bytes=-", "lines=1-2",
                "bytes=0-99999999999999999999",
            ] {
                let answer = await client.get(
                    Self.path(json), bearer: user.accessToken, [.range: range])
                #expect([200, 206].contains(answer.status), "\(range.prefix(40))")
                #expect(answer.content.count == 5000, "\(range.prefix(40))")
            }
        }
    }

    // MARK: Links

    @Test(arguments: Engine.tested)
    func `a link is good for everybody, for a while`(on engine: Engine) async throws {
        try await withFile(on: engine) { client, _, json in
            let url = try #require(json["url"]?.asString)
            let stranger = client.another()
            let answer = await stranger.get(url)
            #expect(answer.status == 200 && answer.content == Sample.png)
            #expect(answer[.cacheControl]?.hasPrefix("private, max-age=") == true)
            client.clock.advance(by: .minutes(59))
            #expect(await stranger.get(url).status == 200)
            client.clock.advance(by: .minutes(62))
            let over = await stranger.get(url)
            #expect(over.status == 404)
            #expect(
                over.text == (await stranger.get(url.replacing("files/0", with: "files/1"))).text)
        }
    }

    @Test func `a link that was changed is worth nothing`() async throws {
        try await withFile { client, user, json in
            let url = try #require(json["url"]?.asString)
            let other = try await client.keep(Sample.text, by: user)
            let id = try #require(json["id"]?.asString)
            let changed = [
                url.replacing(id, with: other["id"]?.asString ?? ""),
                url.replacing("expires=", with: "expires=9"), String(url.dropLast()), url + "A",
                url.replacing("signature=", with: "signature=A"),
                String(url.prefix { $0 != "&" }) + "&signature=",
            ]
            for url in changed {
                let answer = await client.another().get(url)
                #expect(answer.status == 404, "\(url)")
            }
            #expect(await client.another().get(url).status == 200)
            for query in ["expires=x&signature=y", "expires=-1&signature=y"] {
                let answer = await client.another().get(Self.path(json) + "?" + query)
                #expect(answer.status == 400, "\(query)")
            }
        }
    }

    @Test func `links of one time are the same, so that caches know them again`() {
        let links = FileLinks(
            SigningSecrets(Secret("the secret that signs links here")), window: .hours(1))
        let (id, now) = (ID<StoredFile>(high: 1, low: 2), Instant(seconds: 1_795_176_000))
        let first = links.link(to: id, at: now)
        #expect(links.link(to: id, at: now + .minutes(59)) == first)
        #expect(links.link(to: id, at: now + .minutes(60)) != first)
        #expect(links.link(to: ID(high: 1, low: 3), at: now) != first)
    }

    @Test func `a secret that is no longer the first still verifies`() throws {
        let (old, new) = (
            Secret("the older secret of them all"), Secret("the newer secret of the two")
        )
        let before = FileLinks(SigningSecrets(old), window: .hours(1))
        let after = FileLinks(SigningSecrets(new, previous: [old]), window: .hours(1))
        let id = ID<StoredFile>(high: 1, low: 2)
        let now = Instant(seconds: 1_795_176_000)
        let link = try #require(before.link(to: id, at: now).split(separator: "signature=").last)
        let endsAt = (now.seconds / 3600 + 2) * 3600
        #expect(after.isGood(String(link), for: id, endsAt: endsAt, at: now))
        #expect(
            !FileLinks(SigningSecrets(new), window: .hours(1))
                .isGood(String(link), for: id, endsAt: endsAt, at: now))
    }
}
