import Coding
import Testing
import Values

@testable import Resources

/// S3-10, S3-11, S3-17, C16: what a list may be asked for.
struct ListReaderTests {
    private let items: ListParameters
    private let things: ListParameters

    init() throws {
        let catalog = try read(["items.json5": sampleItems, "item_notes.json5": sampleNotes])
        items = ListParameters(of: try #require(catalog["items"]), in: catalog)
        let others = try ListSample.catalog()
        things = ListParameters(of: try #require(others["things"]), in: others)
    }

    /// Each mistake as `path: problem`.
    private func mistakes(_ query: String, _ parameters: ListParameters) -> [String] {
        do {
            _ = try parameters.read(try FormURLEncoded.decode(query: query))
            return []
        } catch let error as InvalidInput {
            #expect(error.fields.allSatisfy { $0.source == .query })
            return error.fields.map { "\($0.path): \($0.problem)" }
        } catch {
            return ["\(error)"]
        }
    }

    private func query(_ text: String, _ parameters: ListParameters) throws -> ListQuery {
        try parameters.read(try FormURLEncoded.decode(query: text))
    }

    // MARK: What is read

    // S3-10
    @Test func `a list that is asked for nothing shows the newest twenty`() throws {
        let query = try query("", items)
        #expect(query.start == .page(1) && query.limit == 20 && query.offset == 0)
        #expect(query.sort.map(\.column.name) == ["createdAt"])
        #expect(query.sort.map(\.isDescending) == [true])
        #expect(query.filters.isEmpty && query.search == nil && query.include.isEmpty)
    }

    // S3-10, S3-17
    @Test func `everything may be asked for at once`() throws {
        let query = try query(
            "page=3&limit=100&sort=-name,createdAt&status=active&search=Foo%2Cbar&include=notes,notes"
                + "&createdAt%5Bgte%5D=2026-01-01T00:00:00Z&createdAt[lt]=2027-01-01T00:00:00Z",
            items)
        #expect(query.start == .page(3) && query.limit == 100 && query.offset == 200)
        #expect(query.sort.map(\.column.name) == ["name", "createdAt"])
        #expect(query.order.map(\.column.name) == ["name", "createdAt", "id"])
        #expect(query.order.map(\.isDescending) == [true, false, false])
        #expect(query.search?.list == ["Foo", "bar"])
        #expect(query.include.map(\.name) == ["notes"])
        #expect(
            query.filters.map { $0.test.parameter(of: $0.column) } == [
                "status", "createdAt[lt]", "createdAt[gte]",
            ])
    }

    // C16
    @Test func `a list may go by offset or by cursor instead`() throws {
        #expect(try query("offset=40&limit=10", items).start == .offset(40))
        #expect(try query("cursor=", items).start == .cursor(nil))
        let row = ResourceRow(
            id: ID(high: 1, low: 2), values: [.text("a\"b,c"), .null, .text("active")],
            createdAt: Instant(microseconds: 1_700_000_000_123_456), updatedAt: .distantPast)
        for sort in ["", "&sort=name", "&sort=-name", "&sort=createdAt", "&sort=-createdAt,name"] {
            let first = try query("cursor=" + sort, items)
            let cursor = ListCursor(after: row, in: first)
            let text = cursor.text(for: first.order)
            #expect(try query("cursor=\(text)" + sort, items).start == .cursor(cursor))
        }
    }

    @Test func `filters take what their types have`() throws {
        let query = try query(
            "title[in]=a,b,a&rating[null]=true&rating[ne]=-5&price=1.5e3&isDone=true&day[lte]=2026-02-28"
                + "&groupId=01990000-0000-7000-8000-00000000000A&title=",
            things)
        let read = Dictionary(
            uniqueKeysWithValues: query.filters.map {
                ($0.test.parameter(of: $0.column), $0.values)
            })
        #expect(read["title[in]"] == [.text("a"), .text("b")])
        #expect(read["rating[null]"] == [.boolean(true)])
        #expect(read["rating[ne]"] == [.integer(-5)])
        #expect(read["price"] == [.number(1500)])
        #expect(read["isDone"] == [.boolean(true)])
        #expect(read["day[lte]"] == [.text("2026-02-28")])
        #expect(read["title"] == [.text("")])
        #expect(
            read["groupId"] == [.id(ID(high: 0x0199_0000_0000_7000, low: 0x8000_0000_0000_000A))])
    }

    // MARK: What is refused

    @Test func `all mistakes are told at once, in the order of the document`() {
        #expect(
            mistakes("nope=1&status=open&sort=color&limit=0&page=0&search=%00", items) == [
                "page: tooSmall(min: 1.0)", "limit: tooSmall(min: 1.0)",
                #"sort: notOneOf(["createdAt", "-createdAt", "name", "-name"])"#,
                "search: malformed(Values.Invalid.Format.text)",
                #"status: notOneOf(["active", "inactive"])"#, "nope: unknown",
            ])
    }

    // S3-17
    @Test(arguments: [
        ("page=-1", "page: tooSmall(min: 1.0)"),
        (
            "page=",
            "page: wrongType(expected: Values.Invalid.Kind.integer, received: Values.Invalid.Kind.string)"
        ),
        (
            "page=one",
            "page: wrongType(expected: Values.Invalid.Kind.integer, received: Values.Invalid.Kind.string)"
        ),
        (
            "page=%2B1",
            "page: wrongType(expected: Values.Invalid.Kind.integer, received: Values.Invalid.Kind.string)"
        ),
        (
            "page=1.5",
            "page: wrongType(expected: Values.Invalid.Kind.integer, received: Values.Invalid.Kind.string)"
        ),
        (
            "page=%D9%A1",
            "page: wrongType(expected: Values.Invalid.Kind.integer, received: Values.Invalid.Kind.string)"
        ),
        ("page=10000001", "page: tooBig(max: 10000000.0)"),
        ("page=9223372036854775807&limit=100", "page: tooBig(max: 10000000.0)"),
        ("page=99999999999999999999999", "page: tooBig(max: 10000000.0)"),
        ("page=-99999999999999999999999", "page: tooSmall(min: 1.0)"),
        ("limit=101", "limit: tooBig(max: 100.0)"),
        ("limit=-9223372036854775808", "limit: tooSmall(min: 1.0)"),
        ("offset=-1", "offset: tooSmall(min: 0.0)"),
        ("offset=1000000001", "offset: tooBig(max: 1000000000.0)"),
        ("page=1&page=2", #"page: rule("list.twice")"#),
        ("status=active&status=active", #"status: rule("list.twice")"#),
        ("page=1&offset=2", #"offset: rule("list.start")"#),
        ("offset=1&cursor=", #"cursor: rule("list.start")"#),
        ("sort=", #"sort: notOneOf(["createdAt", "-createdAt", "name", "-name"])"#),
        ("sort=name,", #"sort: notOneOf(["createdAt", "-createdAt", "name", "-name"])"#),
        ("sort=--name", #"sort: notOneOf(["createdAt", "-createdAt", "name", "-name"])"#),
        ("sort=name,-name", #"sort: rule("list.twice")"#),
        ("sort=name,name,name,name", #"sort: rule("list.sort")"#),
        ("sort=description", #"sort: notOneOf(["createdAt", "-createdAt", "name", "-name"])"#),
        (
            "sort=name%3BDROP TABLE items",
            #"sort: notOneOf(["createdAt", "-createdAt", "name", "-name"])"#
        ),
        ("include=", #"include: notOneOf(["notes"])"#),
        ("include=user", #"include: notOneOf(["notes"])"#),
        ("status[null]=true", #"status[null]: misspelt("status[ne]")"#),
        ("status[gte]=active", #"status[gte]: misspelt("status[ne]")"#),
        ("createdAt[null]=maybe", #"createdAt[null]: misspelt("createdAt[ne]")"#),
        (
            "createdAt[gte][lt]=2026-01-01T00:00:00Z",
            #"createdAt[gte][lt]: misspelt("createdAt[gte]")"#
        ),
        ("createdAt=yesterday", "createdAt: malformed(Values.Invalid.Format.instant)"),
        ("createdAt=99999-01-01T00:00:00Z", "createdAt: malformed(Values.Invalid.Format.instant)"),
        ("statu=active", #"statu: misspelt("status")"#),
        ("name=x", "name: unknown"),
        ("'; DROP TABLE items; --=1", "'; DROP TABLE items; --: unknown"),
        ("=1", ": unknown"),
        ("userId=1", "userId: unknown"),
        ("organizationId=01990000-0000-7000-8000-000000000001", "organizationId: unknown"),
        ("deletedAt[null]=false", "deletedAt[null]: unknown"),
    ])
    func `what is wrong is told by its name`(_ query: String, _ mistake: String) {
        #expect(mistakes(query, items) == [mistake])
    }

    @Test(arguments: [
        ("rating=1.5", "rating"), ("rating=99999999999999999999", "rating"),
        ("rating[in]=1,,2", "rating[in]"), ("price=1e999", "price"), ("price=nan", "price"),
        ("price=Infinity", "price"), ("price=0x10", "price"), ("isDone=yes", "isDone"),
        ("isDone[null]=true", "isDone[null]"), ("isDone[in]=true", "isDone[in]"),
        ("day=2026-02-30", "day"), ("day=", "day"), ("state[lt]=Beta", "state[lt]"),
        ("state=beta", "state"), ("groupId=1", "groupId"), ("groupId[lt]=1", "groupId[lt]"),
        ("group=1", "group"), ("rating[null]=1", "rating[null]"),
    ])
    func `a value that no column has is refused, not looked for`(
        _ query: String, _ name: String
    ) {
        let mistakes = mistakes(query, things)
        #expect(
            mistakes.count == 1 && mistakes.first?.hasPrefix(name + ": ") == true, "\(mistakes)")
    }

    @Test func `lists are bounded`() {
        let many = (0..<1000).map { "\($0)" }.joined(separator: ",")
        #expect(mistakes("rating[in]=" + many, things) == [#"rating[in]: rule("list.values")"#])
        let commas = String(repeating: ",", count: 30_000)
        #expect(mistakes("sort=" + commas, things) == [#"sort: rule("list.sort")"#])
        let long = String(repeating: "a", count: 101)
        #expect(mistakes("search=" + long, things) == ["search: tooLong(max: 100)"])
        let unknown = mistakes(String(repeating: "x", count: 20_000) + "=1", things)
        #expect(unknown == [String(repeating: "x", count: 100) + "…: unknown"])
        let hundred = (0..<100).map { "statee\($0)=1" }.joined(separator: "&")
        #expect(mistakes(hundred, things).count == 100)
    }

    @Test func `a resource has only the parameters that make sense for it`() throws {
        let catalog = try ResourceCatalog([
            ResourceDeclaration("plain", owner: .organization, fields: [ResourceField("a", .text)])
        ])
        let plain = ListParameters(of: try #require(catalog["plain"]), in: catalog)
        #expect(
            plain.list.map(\.name) == [
                "page", "limit", "offset", "cursor", "sort", "organizationId",
            ])
        #expect(mistakes("search=x", plain) == ["search: unknown"])
        #expect(mistakes("include=x", plain) == ["include: unknown"])
        #expect(mistakes("sort=a", plain) == [#"sort: notOneOf(["createdAt", "-createdAt"])"#])
        let id = "01990000-0000-7000-8000-000000000001"
        #expect(try query("organizationId=" + id, plain).filters.count == 1)
    }

    // MARK: Cursors

    @Test func `a cursor that is none is refused`() throws {
        let order = try query("sort=rating", things).order
        func text(_ json: String) -> String { Base64URL.encode(Array(json.utf8)) }
        let id = "01990000-0000-7000-8000-000000000001"
        let sort = "rating,createdAt,id"
        let good = text(#"[1,"\#(sort)",5,1700000000000000,"\#(id)"]"#)
        #expect(ListCursor(good, for: order) != nil)
        let bad = [
            "x", "=", "null", good + "A", good + "=", String(good.dropLast()), " " + good, "%",
            text(" "), text("null"), text("{}"), text("[]"), text("[1]"), text("5"),
            text(#"[2,"\#(sort)",5,1700000000000000,"\#(id)"]"#),
            text(#"[1,"-rating,-createdAt,-id",5,1700000000000000,"\#(id)"]"#),
            text(#"[1,"\#(sort)",5,1700000000000000]"#),
            text(#"[1,"\#(sort)",5,1700000000000000,"\#(id)",1]"#),
            text(#"[1,"\#(sort)","5",1700000000000000,"\#(id)"]"#),
            text(#"[1,"\#(sort)",5.5,1700000000000000,"\#(id)"]"#),
            text(#"[1,"\#(sort)",99999999999999999999,1700000000000000,"\#(id)"]"#),
            text(#"[1,"\#(sort)",[5],1700000000000000,"\#(id)"]"#),
            text(#"[1,"\#(sort)",5,null,"\#(id)"]"#),
            text(#"[1,"\#(sort)",5,9223372036854775807,"\#(id)"]"#),
            text(#"[1,"\#(sort)",5,-9223372036854775808,"\#(id)"]"#),
            text(#"[1,"\#(sort)",5,"2026-01-31T09:30:00.000Z","\#(id)"]"#),
            text(#"[1,"\#(sort)",5,1700000000000000,"' OR 1=1 --"]"#),
            text(#"[1,"\#(sort)",5,1700000000000000,null]"#),
            text(String(repeating: "[", count: 6000)), String(repeating: "A", count: 100_000),
            Base64URL.encode([0xFF, 0xFE, 0x00]),
        ]
        for text in bad {
            #expect(ListCursor(text, for: order) == nil, "\(text.prefix(80))")
            let field = (name: "cursor", text: text)
            #expect(throws: InvalidInput.self, "\(text.prefix(80))") {
                try things.read([field, ("sort", "rating")])
            }
        }
        let texts = try query("sort=title", things).order
        let nul = #"[1,"title,createdAt,id","a\u0000b",1700000000000000,"\#(id)"]"#
        #expect(ListCursor(text(nul), for: texts) == nil)
    }

    @Test func `random bytes are no cursor, or a place in the list`() throws {
        var random = SeededNumbers(seed: 5)
        let order = try query("sort=-title,rating", things).order
        let id = "01990000-0000-7000-8000-000000000001"
        let good = Array(#"[1,"-title,rating,createdAt,id","x",5,1700000000000000,"\#(id)"]"#.utf8)
        for _ in 0..<2000 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: bytes.indices, using: &random)
                bytes[place] = UInt8.random(in: 0...255, using: &random)
            }
            guard let cursor = ListCursor(Base64URL.encode(bytes), for: order) else { continue }
            #expect(cursor.values.count == order.count)
        }
    }
}
