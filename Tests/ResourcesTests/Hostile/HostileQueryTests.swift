import AtriumTesting
import Coding
import DatabaseTesting
import HTTP
import SQL
import Testing
import Values

@testable import Resources

/// Issue 5, Must show 6: queries, paths and heads. What is wrong is a 400 that names the parameter;
/// what is right finds rows of the caller and of nobody else.
struct HostileQueryTests {
    private static func rows(_ answer: TestAnswer) -> [JSON] { answer.json["data"]?.asList ?? [] }

    /// Either a list of Ada's rows, or a 400 that names the parameter.
    private static func check(_ answer: TestAnswer, _ name: String, _ count: Int, _ sent: String) {
        HostileThings.check(answer, sent)
        let place = Comment(rawValue: "\(sent.prefix(300)): \(answer.text.prefix(300))")
        guard answer.status != 200 else {
            #expect(rows(answer).count <= count, place)
            if let total = answer.json["meta"]?["total"]?.asInteger {
                #expect(total <= count, place)
            }
            return
        }
        #expect(answer.status == 400 && answer.code == "VALIDATION_ERROR", place)
        #expect(answer.wrongFields == [name], place)
    }

    private static func makeRows(_ client: TestClient, _ ada: TestUser) async throws -> Int {
        for number in 0..<5 {
            let row: JSON = [
                "text": "row \(number)", "free": "it's \(number)", "code": "it's \(number)",
                "number": 1.5, "count": 3, "whole": 7, "isOn": true, "day": "2026-02-28",
                "at": "2026-01-31T09:30:00Z", "word": "it's", "mail": "ada@example.com",
            ]
            _ = try await client.make("things", row, by: ada)
        }
        return 5
    }

    @Test(arguments: Engine.tested)
    func `every parameter with every text`(on engine: Engine) async throws {
        let resource = try HostileThings.resource()
        let catalog = try DeclarationReader.read([
            DeclarationFile("things", Array(HostileThings.declaration.utf8))
        ])
        let names = ListParameters(of: resource, in: catalog).list.map(\.name)
        #expect(names.count > 40)
        try await HostileThings.with(on: engine) { client, ada in
            let count = try await Self.makeRows(client, ada)
            for name in names {
                for text in HostileThings.texts {
                    let query =
                        HostileThings.escaped(name) + "=" + HostileThings.escaped(text)
                    let answer = await client.ask(.get, "things?" + query, by: ada)
                    Self.check(answer, name, count, "\(name)=\(text)")
                    if text.utf8.contains(0) { #expect(answer.status == 400, "\(name)=\(text)") }
                }
            }
            let all = await client.ask(.get, "things", by: ada)
            #expect(all.json["meta"]?["total"] == .integer(Int64(count)))
        }
    }

    /// Each is wrong, and names the parameter that is.
    private static let wrong: [(query: String, names: [String])] = [
        ("page=0", ["page"]), ("page=-1", ["page"]), ("page=1.5", ["page"]), ("page=", ["page"]),
        ("page=1e3", ["page"]), ("page=99999999999999999999", ["page"]), ("page=+1", ["page"]),
        ("page=-9223372036854775809", ["page"]), ("page=1&page=2", ["page"]),
        ("limit=0", ["limit"]), ("limit=-1", ["limit"]), ("limit=101", ["limit"]),
        ("limit=9223372036854775807", ["limit"]), ("offset=-1", ["offset"]),
        ("offset=99999999999", ["offset"]),
        ("limit=x&page=y&offset=z", ["page", "limit", "offset"]),
        ("page=1&cursor=", ["cursor"]), ("page=1&offset=1", ["offset"]),
        ("cursor=x", ["cursor"]), ("cursor=%00", ["cursor"]), ("cursor=AAAA", ["cursor"]),
        ("cursor=%27%20OR%201%3D1", ["cursor"]), ("sort=secret", ["sort"]), ("sort=", ["sort"]),
        ("sort=text,text", ["sort"]), ("sort=-", ["sort"]), ("sort=--text", ["sort"]),
        ("sort=text%20DESC", ["sort"]), ("sort=userId", ["sort"]), ("sort=text;", ["sort"]),
        ("include=users", ["include"]), ("include=children,", ["include"]),
        ("nothing=1", ["nothing"]), ("secret=x", ["secret"]), ("phone=x", ["phone"]),
        ("userId=x", ["userId"]), ("deletedAt%5Bnull%5D=false", ["deletedAt[null]"]),
        ("tree=x", ["tree"]), ("count%5Blike%5D=1", ["count[like]"]),
        ("count%5B%5D=1", ["count[]"]), ("count%5Bgte=1", ["count[gte"]),
        ("count=x", ["count"]), ("count=1.5", ["count"]), ("count%5Bgte%5D=", ["count[gte]"]),
        ("count%5Bin%5D=1,x", ["count[in]"]), ("count%5Bnull%5D=1", ["count[null]"]),
        ("isOn=yes", ["isOn"]), ("at=yesterday", ["at"]), ("day=2026-02-30", ["day"]),
        ("word=b", ["word"]), ("parentId=1", ["parentId"]),
        ("%27%20OR%201%3D1=1", ["' OR 1=1"]), ("a=1&b=2", ["a", "b"]),
        ("search=" + String(repeating: "x", count: 2000), ["search"]),
        ("count%5Bin%5D=" + String(repeating: "1,", count: 3000) + "1", ["count[in]"]),
    ]

    @Test(arguments: Engine.tested)
    func `what is wrong in a query is named`(on engine: Engine) async throws {
        try await HostileThings.with(on: engine) { client, ada in
            for (query, names) in Self.wrong {
                let answer = await client.ask(.get, "things?" + query, by: ada)
                HostileThings.check(answer, query)
                #expect(answer.status == 400, "\(query.prefix(100)) \(answer.text.prefix(200))")
                #expect(Set(answer.wrongFields) == Set(names), "\(query.prefix(100))")
            }
            for query in ["%", "a=%zz", "%ff=%ff", "text=%ff%fe"] {
                let answer = await client.ask(.get, "things?" + query, by: ada)
                HostileThings.check(answer, query)
            }
            let many = String(repeating: "a=b&", count: 5000)
            let answer = await client.ask(.get, "things?" + many, by: ada)
            HostileThings.check(answer, "many parameters")
            #expect(answer.status == 400)
        }
    }

    @Test(arguments: Engine.tested)
    func `a cursor that was changed leads nowhere, or to rows of one's own`(
        on engine: Engine
    ) async throws {
        try await HostileThings.with(on: engine) { client, ada in
            let count = try await Self.makeRows(client, ada)
            for sort in ["-createdAt", "text", "-number,text", "at", "day"] {
                let path = "things?limit=2&sort=\(sort)&cursor="
                let first = await client.ask(.get, path, by: ada)
                let cursor = try #require(first.json["meta"]?["nextCursor"]?.asString)
                var tried = [cursor + "A", cursor + "=", "A" + cursor, String(cursor.dropLast())]
                tried += (1...4).map { String(cursor.dropFirst($0)) }
                let bytes = Array(cursor.utf8)
                for place in bytes.indices {
                    for byte in [UInt8(ascii: "A"), UInt8(ascii: "z"), UInt8(ascii: "_")] {
                        var changed = bytes
                        changed[place] = byte
                        tried.append(String(decoding: changed, as: UTF8.self))
                    }
                }
                for text in tried {
                    let answer = await client.ask(.get, path + text, by: ada)
                    Self.check(answer, "cursor", count, "\(sort) \(text)")
                }
                // Nor does one that belongs to another order.
                let other = await client.ask(
                    .get, "things?sort=count&cursor=\(cursor)", by: ada)
                Self.check(other, "cursor", count, "count \(cursor)")
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `an id that is none is not there, whatever else it is`(on engine: Engine) async throws {
        try await HostileThings.with(on: engine) { client, ada in
            let texts = HostileThings.texts.filter { !$0.isEmpty }
            for text in texts {
                let path = "things/" + HostileThings.escaped(text)
                for method in [Method.get, .patch, .delete] {
                    let body: JSON? = method == .patch ? ["text": "x"] : nil
                    let answer = await client.ask(method, path, body, by: ada)
                    HostileThings.check(answer, "\(method) \(text)")
                    #expect([400, 404].contains(answer.status), "\(method) \(text)")
                }
                let restored = await client.ask(.post, path + "/restore", by: ada)
                HostileThings.check(restored, "restore \(text)")
                #expect([400, 404].contains(restored.status), "restore \(text)")
            }
        }
    }

    @Test(arguments: Engine.tested)
    func `conditions that are none change nothing`(on engine: Engine) async throws {
        try await HostileThings.with(on: engine) { client, ada in
            let id = try await client.make("things", ["code": "first"], by: ada)
            for text in [
                "", "x", "\"", "\"\"", "W/\"1\"", "\"' OR 1=1 --\"", "\"1\", \"2\"", "\"-1\"",
                "\"99999999999999999999\"", ",,,", String(repeating: "\"1\",", count: 1000),
            ] {
                let fields: Fields = [.ifMatch: text]
                let change = await client.ask(
                    .patch, "things/\(id)", ["code": "other"], by: ada, fields)
                HostileThings.check(change, "If-Match \(text)")
                let deleted = await client.ask(.delete, "things/\(id)", by: ada, fields)
                HostileThings.check(deleted, "If-Match \(text)")
                #expect([400, 412].contains(deleted.status), "\(text)")
                let read = await client.ask(
                    .get, "things/\(id)", by: ada, [.ifNoneMatch: text])
                HostileThings.check(read, "If-None-Match \(text)")
            }
        }
    }
}
