import Coding
import SQL
import Values

extension ListParameters {
    /// Reads the query of a request, and reports all that is wrong with it at once.
    package func read(_ query: [Input.Field]) throws(InvalidInput) -> ListQuery {
        var reader = ListReader(query, self)
        return try reader.read()
    }

    /// The same for reading one row, which takes `include` and nothing else.
    func readInclude(_ query: [Input.Field]) throws(InvalidInput) -> [Inclusion] {
        if query.isEmpty { return [] }
        let others = query.filter { $0.name != "include" }
        guard others.isEmpty else {
            throw InvalidInput(
                fields: others.prefix(100).map {
                    FieldError(source: .query, path: String($0.name.prefix(100)), problem: .unknown)
                })
        }
        return try read(query).include
    }

    /// What `include` is, where anything can be included.
    var include: Schema.Property? { list.first { $0.name == "include" } }
}

/// Takes one parameter after the other; what is left at the end nobody knows.
struct ListReader {
    /// Characters of an unknown parameter's name that are repeated.
    private static let nameMax = 100
    /// Unknown names for which a known one is looked for: each is compared with all.
    private static let suggestionsMax = 5

    private let parameters: ListParameters
    /// In the order in which they came.
    private let names: [String]
    private var texts: [String: [String]] = [:]
    private var query: ListQuery
    private var problems: [FieldError] = []

    init(_ fields: [Input.Field], _ parameters: ListParameters) {
        self.parameters = parameters
        names = fields.map(\.name)
        query = parameters.standard
        for field in fields { texts[field.name, default: []].append(field.text) }
    }

    mutating func read() throws(InvalidInput) -> ListQuery {
        read("sort") { reader, text throws(Invalid) in try reader.sort(text) }
        read("limit") { reader, text throws(Invalid) in
            reader.query.limit = try Self.integer(text, in: 1...ListLimits.rows)
        }
        readStart()
        read("search") { reader, text throws(Invalid) in try reader.search(text) }
        read("include") { reader, text throws(Invalid) in try reader.include(text) }
        for filter in parameters.filters where texts[filter.name] != nil { read(filter) }
        reportUnknown()
        if problems.isEmpty { return query }
        throw InvalidInput(fields: inOrder(problems))
    }

    // MARK: One parameter

    /// Gives a parameter to `body` when it is there, and notes what is wrong with it.
    private mutating func read(
        _ name: String, _ body: (inout ListReader, String) throws(Invalid) -> Void
    ) {
        guard parameters.places[name] != nil, let values = texts.removeValue(forKey: name) else {
            return
        }
        do throws(Invalid) {
            guard values.count == 1, let text = values.first else { throw .rule("list.twice") }
            guard !text.utf8.contains(0) else { throw .malformed(.text) }
            try body(&self, text)
        } catch {
            problems.append(FieldError(source: .query, path: name, problem: error))
        }
    }

    private static func integer(
        _ text: String, in range: ClosedRange<Int>
    ) throws(Invalid) -> Int {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }) else {
            throw .wrongType(expected: .integer, received: .string)
        }
        // More digits than a number has are too many in either direction.
        let number = Int(text) ?? (text.hasPrefix("-") ? .min : .max)
        if number < range.lowerBound { throw .tooSmall(min: Double(range.lowerBound)) }
        if number > range.upperBound { throw .tooBig(max: Double(range.upperBound)) }
        return number
    }

    /// What stands between commas; an empty text has one empty piece.
    private static func pieces(_ text: String) -> [String] {
        text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }

    // MARK: Which page

    /// A list begins in one way only.
    private mutating func readStart() {
        let starts = ["page", "offset", "cursor"].filter { texts[$0] != nil }
        for name in starts.dropFirst() {
            read(name) { _, _ throws(Invalid) in throw .rule("list.start") }
        }
        read("page") { reader, text throws(Invalid) in
            let last = ListLimits.offset / ListLimits.rows
            reader.query.start = .page(try Self.integer(text, in: 1...last))
        }
        read("offset") { reader, text throws(Invalid) in
            reader.query.start = .offset(try Self.integer(text, in: 0...ListLimits.offset))
        }
        read("cursor") { reader, text throws(Invalid) in
            if text.isEmpty {
                reader.query.start = .cursor(nil)
                return
            }
            // With another mistake in `sort` nobody knows whether it fits.
            if reader.problems.contains(where: { $0.path == "sort" }) { return }
            guard let cursor = ListCursor(text, for: reader.query.order) else {
                throw .rule("list.cursor")
            }
            reader.query.start = .cursor(cursor)
        }
    }

    private mutating func sort(_ text: String) throws(Invalid) {
        let columns = parameters.sortable
        let pieces = Self.pieces(text)
        guard pieces.count <= ListLimits.sort else { throw .rule("list.sort") }
        var orders: [ListQuery.Order] = []
        for piece in pieces {
            let asked = ResourceDeclaration.SortField(piece)
            guard let column = columns.first(where: { $0.name == asked.name }) else {
                throw .notOneOf(columns.flatMap { [$0.name, "-" + $0.name] })
            }
            if orders.contains(where: { $0.column == column }) { throw .rule("list.twice") }
            orders.append(ListQuery.Order(column, isDescending: asked.isDescending))
        }
        query.sort = orders
    }

    // MARK: Which rows

    /// Blank is as if nobody searched; signs alone are words that no row has.
    private mutating func search(_ text: String) throws(Invalid) {
        guard text.unicodeScalars.count <= ListLimits.search else {
            throw .tooLong(max: ListLimits.search)
        }
        if text.unicodeScalars.allSatisfy(\.properties.isWhitespace) { return }
        query.search = SearchWords(text)
    }

    private mutating func read(_ filter: ListParameters.Filter) {
        read(filter.name) { reader, text throws(Invalid) in
            let values: [FieldValue]
            switch filter.test {
            case .isNull: values = [.boolean(try Self.boolean(text))]
            case .oneOf: values = try Self.values(text, of: filter.column)
            default: values = [try filter.column.read(text)]
            }
            reader.query.filters.append(ListQuery.Filter(filter.column, filter.test, values))
        }
    }

    private static func boolean(_ text: String) throws(Invalid) -> Bool {
        switch text {
        case "true": return true
        case "false": return false
        default: throw .notOneOf(["true", "false"])
        }
    }

    private static func values(
        _ text: String, of column: ListColumn
    ) throws(Invalid) -> [FieldValue] {
        var values: [FieldValue] = []
        let pieces = Self.pieces(text)
        guard pieces.count <= ListLimits.values else { throw .rule("list.values") }
        for piece in pieces {
            let value = try column.read(piece)
            if !values.contains(value) { values.append(value) }
        }
        return values
    }

    // MARK: What beside

    private mutating func include(_ text: String) throws(Invalid) {
        for piece in Self.pieces(text) {
            guard let inclusion = parameters.inclusions.first(where: { $0.name == piece }) else {
                throw .notOneOf(parameters.inclusions.map(\.name))
            }
            if !query.include.contains(inclusion) { query.include.append(inclusion) }
        }
    }

    // MARK: Mistakes

    private mutating func reportUnknown() {
        var seen: Set<String> = []
        for name in names where texts[name] != nil && seen.insert(name).inserted {
            let meant =
                seen.count > Self.suggestionsMax
                ? nil : Suggestion.closest(to: name, among: parameters.names)
            let isLong = name.unicodeScalars.count > Self.nameMax
            let shown =
                isLong
                ? String(String.UnicodeScalarView(name.unicodeScalars.prefix(Self.nameMax))) + "…"
                : name
            problems.append(
                FieldError(
                    source: .query, path: shown, problem: meant.map { .misspelt($0) } ?? .unknown))
        }
    }

    /// As the document lists the parameters; what nobody knows comes last.
    private func inOrder(_ problems: [FieldError]) -> [FieldError] {
        func place(_ problem: FieldError) -> Int {
            parameters.places[problem.path] ?? .max
        }
        return problems.enumerated()
            .sorted { (place($0.element), $0.offset) < (place($1.element), $1.offset) }
            .map(\.element)
    }
}
