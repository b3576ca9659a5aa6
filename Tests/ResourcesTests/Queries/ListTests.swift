import Coding
import DatabaseTesting
import SQL
import Testing
import Values

@testable import Resources

/// S3-10, S3-11, S3-29, C16: lists of some thousand rows, the same on both engines as in a model.
struct ListTests {
    // S3-29
    @Test(arguments: Engine.tested)
    func `filters, sorts and pages show what a model shows`(on engine: Engine) async throws {
        let sample = try ListSample(count: 2000)
        try await withStore(on: engine) { store in
            try await sample.fill(store)
            var author = QueryAuthor(7)
            for _ in 0..<200 {
                try await compare(author.query(of: sample), sample, store)
            }
        }
    }

    /// One filter of each kind in each sort would be thousands: each is met in one or the other.
    @Test(arguments: Engine.tested)
    func `every filter and every sort is right by itself`(on engine: Engine) async throws {
        let sample = try ListSample(count: 800, seed: 3)
        try await withStore(on: engine) { store in
            try await sample.fill(store)
            var author = QueryAuthor(8)
            for filter in sample.parameters().filters {
                try await compare([author.field(filter, of: sample)], sample, store)
            }
            for column in sample.parameters().sortable {
                for sign in ["", "-"] {
                    let fields = [("sort", sign + column.name), ("limit", "100")]
                    try await compare(fields, sample, store)
                }
            }
        }
    }

    private func compare(
        _ fields: [Input.Field], _ sample: ListSample, _ store: TestStore
    ) async throws {
        let query = try sample.parameters().read(fields)
        let all = ListModel(rows: sample.seen).all(query)
        do {
            let page = try await sample.page(query, from: store)
            let expected = Array(all.dropFirst(query.offset).prefix(query.limit))
            ListModel.expect(page.rows, expected, fields)
            #expect(try await sample.count(query, in: store) == all.count, "\(fields)")
        } catch {
            Issue.record("\(fields): \(String(reflecting: error))")
        }
    }

    // MARK: Statements

    @Test func `few texts serve all pages, and none holds a value`() throws {
        let sample = try ListSample(count: 0)
        var texts: Set<String> = []
        for limit in 1...100 {
            for page in 1...3 {
                for value in ["x", "'; DROP TABLE things; --"] {
                    let query = try sample.parameters().read([
                        ("limit", "\(limit)"), ("page", "\(page)"), ("title", value),
                        ("search", value),
                        ("rating[in]", (0...limit / 2).map(String.init).joined(separator: ",")),
                    ])
                    for engine in Engine.allCases {
                        let sql = ListSQL(
                            query, of: sample.things, on: engine, under: ListSample.condition)
                        let text = sql.page.text
                        #expect(!text.contains("DROP"))
                        texts.insert(text)
                    }
                }
            }
        }
        // Four sizes of pages with some lengths of lists each, the first page and others.
        #expect(texts.count <= 4 * 4 * 2 * 2)
    }

    @Test(arguments: Engine.tested)
    func `every statement of a list is prepared, and read as it is`(on engine: Engine) async throws
    {
        let sample = try ListSample(count: 100)
        try await withStore(on: engine) { store in
            try await sample.fill(store)
            var author = QueryAuthor(9)
            let seal = try #require(ListSample.seal)
            var statements: [StatementCore] = []
            for _ in 0..<100 {
                let query = try sample.parameters().read(author.query(of: sample))
                let sql = ListSQL(query, of: sample.things, on: engine, under: ListSample.condition)
                let rows = RowStatements(resource: sample.things, engine: engine, seal: seal)
                statements.append(sql.page.core(.scan, reading: rows.read(sql)))
                if sql.isCounted {
                    statements.append(sql.count.core(.scan, returning: Single<Int>.self))
                }
            }
            for problem in await StatementCheck(on: store).problems(in: statements) {
                Issue.record("\(problem)")
            }
        }
    }
}

/// Makes up queries.
struct QueryAuthor {
    var random: SeededNumbers

    init(_ seed: UInt64) { random = SeededNumbers(seed: seed) }

    private mutating func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
    private mutating func one<Element>(of list: [Element]) -> Element { list[below(list.count)] }

    /// A page with numbers.
    mutating func query(of sample: ListSample) -> [Input.Field] {
        let parameters = sample.parameters()
        var fields: [String: String] = [:]
        for _ in 0..<below(3) {
            let field = field(one(of: parameters.filters), of: sample)
            fields[field.name] = field.text
        }
        if below(3) > 0 { fields["sort"] = sort(of: parameters) }
        if below(2) == 0 { fields["limit"] = "\(1 + below(100))" }
        switch below(3) {
        case 0: fields["page"] = "\(1 + below(30))"
        case 1: fields["offset"] = "\(below(3000))"
        default: break
        }
        return fields.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    mutating func sort(of parameters: ListParameters) -> String {
        let columns = parameters.sortable.shuffled(using: &random).prefix(1 + below(3))
        return columns.map { (below(2) == 0 ? "-" : "") + $0.name }.joined(separator: ",")
    }

    /// A filter with a value that some row has.
    mutating func field(
        _ filter: ListParameters.Filter, of sample: ListSample
    ) -> Input.Field {
        switch filter.test {
        case .isNull: return (filter.name, one(of: ["true", "false"]))
        case .oneOf:
            let values = (0...below(5)).map { _ in value(of: filter.column, sample) }
            return (filter.name, values.filter { !$0.contains(",") }.joined(separator: ","))
        default: return (filter.name, value(of: filter.column, sample))
        }
    }

    private mutating func value(of column: ListColumn, _ sample: ListSample) -> String {
        while true {
            switch column.value(in: one(of: sample.rows)) {
            case .null: continue
            case .text(let text): return text
            case .number(let number): return "\(number)"
            case .integer(let number): return "\(number)"
            case .boolean(let value): return "\(value)"
            case .instant(let instant): return instant.description
            case .id(let id): return "\(id)"
            case .json: return ""
            }
        }
    }
}
