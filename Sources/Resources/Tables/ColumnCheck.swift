/// What a check of a column says, as far as it is one that `ColumnSQL` writes.
enum ColumnCheck: Hashable {
    case words([String])
    case max(Int)
    case sealed, date, id, boolean, json
    /// In the engine's words.
    case other(String)

    init(_ words: SQLWords, of column: String) {
        self = Self.known(words.bare, column) ?? .other("\(words.bare)")
    }

    private static func known(_ words: [SQLWords.Word], _ column: String) -> ColumnCheck? {
        let rest = words.first == .name("check") ? words.dropFirst() : words[...]
        let orJSON: [SQLWords.Word] = [
            .name(column), .name("is"), .name("null"), .name("or"), .name("json_valid"),
            .name(column),
        ]
        if Array(rest) == orJSON { return .json }
        if rest.first == .name(column) { return compared(Array(rest.dropFirst())) }
        guard rest.dropFirst().first == .name(column) else { return nil }
        return called(rest.first, Array(rest.dropFirst(2)))
    }

    /// `length(name) <= 255`
    private static func called(_ name: SQLWords.Word?, _ rest: [SQLWords.Word]) -> ColumnCheck? {
        switch (name, rest) {
        case (.name("length"), [.symbol("="), .number("36")]): return .id
        case (.name("length"), _):
            guard rest.count == 3, rest[0] == .symbol("<"), rest[1] == .symbol("="),
                case .number(let text) = rest[2]
            else { return nil }
            return Int(text).map { .max($0) }
        default: return nil
        }
    }

    private static func compared(_ rest: [SQLWords.Word]) -> ColumnCheck? {
        switch rest {
        case [.name("in"), .number("0"), .symbol(","), .number("1")]: return .boolean
        case [.name("like"), .text("a1.%")], [.symbol("~"), .symbol("~"), .text("a1.%")]:
            return .sealed
        case [.symbol("~"), .text("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")],
            [.name("glob"), .text("[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]")]:
            return .date
        default: return words(in: rest)
        }
    }

    /// `status IN ('a', 'b')`, which PostgreSQL tells as `status = ANY (ARRAY['a', 'b'])`, and of
    /// one word as `status = 'a'`.
    private static func words(in rest: [SQLWords.Word]) -> ColumnCheck? {
        var list: ArraySlice<SQLWords.Word>
        switch rest.first {
        case .name("in"): list = rest.dropFirst()
        case .symbol("=") where rest.dropFirst().first == .name("any"):
            guard rest.starts(with: [.symbol("="), .name("any"), .name("array"), .symbol("[")]),
                rest.last == .symbol("]")
            else { return nil }
            list = rest.dropFirst(4).dropLast()
        case .symbol("="): list = rest.dropFirst()
        default: return nil
        }
        var words: [String] = []
        while case .text(let word)? = list.first {
            words.append(word)
            list = list.dropFirst()
            if list.isEmpty { return .words(words.sorted()) }
            guard list.first == .symbol(",") else { return nil }
            list = list.dropFirst()
        }
        return nil
    }
}

extension ColumnType {
    /// The type that a column of SQLite holds, by its type there and what is checked.
    init(sqlite type: String, _ check: ColumnCheck?) {
        self =
            switch (type, check) {
            case ("TEXT", .id): .id
            case ("TEXT", .max(let max)): .text(max: max)
            case ("TEXT", nil): .text(max: nil)
            case ("TEXT", .words(let words)): .choice(words)
            case ("TEXT", .date): .date
            case ("TEXT", .json): .json
            case ("TEXT", .sealed): .sealed
            case ("INTEGER", .boolean): .boolean
            case ("INTEGER", nil): .integer
            case ("INT", nil): .instant
            case ("REAL", nil): .number
            default: .other("\(type) \(check.map { "\($0)" } ?? "")")
            }
    }

    /// The same for PostgreSQL, where types say more.
    init(postgres type: String, _ check: ColumnCheck?) {
        self =
            switch (type, check) {
            case ("uuid", nil): .id
            case ("character varying(50)", .words(let words)): .choice(words)
            case ("text", nil): .text(max: nil)
            case ("text", .date): .date
            case ("text", .sealed): .sealed
            case ("bigint", nil): .integer
            case ("double precision", nil): .number
            case ("boolean", nil): .boolean
            case ("timestamp with time zone", nil): .instant
            case ("jsonb", nil): .json
            default: Self.bounded(type, check)
            }
    }

    private static func bounded(_ type: String, _ check: ColumnCheck?) -> ColumnType {
        let (start, end) = ("character varying(", ")")
        if check == nil, type.hasPrefix(start), type.hasSuffix(end),
            let max = Int(type.dropFirst(start.count).dropLast(end.count))
        {
            return .text(max: max)
        }
        return .other("\(type) \(check.map { "\($0)" } ?? "")")
    }
}
