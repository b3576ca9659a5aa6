import Coding
import Glibc
import Values

@testable import Resources

/// Whether all chains of edits are tried: `ATRIUM_FULL=1`, which `make check` sets.
enum ProcessChains {
    static var isFull: Bool { getenv("ATRIUM_FULL").map { String(cString: $0) } == "1" }
}

/// Declares and edits resources at random, as somebody would who changes his mind a lot.
struct DeclarationAuthor {
    var random: SeededNumbers

    /// Something that may be declared, mostly a little different from what was.
    mutating func next(
        after state: [ResourceDeclaration]
    ) -> ([ResourceDeclaration], ResourceCatalog) {
        while true {
            var next = state
            for _ in 0..<(1 + below(3)) { edit(&next) }
            if let catalog = try? ResourceCatalog(next) { return (next, catalog) }
        }
    }

    private mutating func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
    private mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
    private mutating func one<Element>(of list: [Element]) -> Element { list[below(list.count)] }

    private static let names = [
        "a", "b", "cD", "eFG", "order", "group", "title", "x1", "selectAll", "limitOf",
        "aVeryLongNameThatGoesOnAndOnUntilItFillsNearlyAllThereIs",
    ]
    private static let tables = [
        "things", "item_notes", "select", "values_of", "t1",
        "a_table_with_a_name_so_long_that_its_indexes_are_cut_to_fit",
    ]

    // MARK: Edits

    private mutating func edit(_ state: inout [ResourceDeclaration]) {
        if state.isEmpty || (state.count < 4 && chance(20)) { return declare(&state) }
        let index = below(state.count)
        switch below(20) {
        case 0: forget(index, &state)
        case 1: state[index].owner = one(of: ResourceDeclaration.Owner.allCases)
        case 2: state[index].deletion = one(of: ResourceDeclaration.Deletion.allCases)
        case 3, 4:
            state[index].search = some(
                of: state[index].fields.filter { $0.type.isText && !$0.isPII })
        case 5, 6:
            state[index].filter = some(of: state[index].fields.filter { $0.indexProblem == nil })
        case 7:
            state[index].sort = some(of: state[index].fields.filter { $0.indexProblem == nil })
                .map { .init($0) }
        case 8, 9, 10, 11: addField(to: index, &state)
        case 12: dropField(of: &state[index])
        case 13, 14: renameField(of: &state[index])
        default: changeField(of: &state[index], state)
        }
    }

    private mutating func declare(_ state: inout [ResourceDeclaration]) {
        let free = Self.tables.filter { name in !state.contains { $0.name == name } }
        var declaration = ResourceDeclaration(
            one(of: free), owner: one(of: ResourceDeclaration.Owner.allCases),
            deletion: one(of: ResourceDeclaration.Deletion.allCases))
        for _ in 0...below(5) {
            let name = one(of: Self.names)
            if declaration.fields.contains(where: { $0.name == name }) { continue }
            declaration.fields.append(field(name, state))
        }
        state.append(declaration)
    }

    private mutating func forget(_ index: Int, _ state: inout [ResourceDeclaration]) {
        let name = state.remove(at: index).name
        for index in state.indices {
            state[index].fields.removeAll { $0.reference?.resource == name }
            tidy(&state[index])
        }
    }

    private mutating func addField(to index: Int, _ state: inout [ResourceDeclaration]) {
        let name = one(of: Self.names)
        if state[index].fields.contains(where: { $0.name == name }) { return }
        state[index].fields.insert(field(name, state), at: below(state[index].fields.count + 1))
    }

    private mutating func dropField(of declaration: inout ResourceDeclaration) {
        if declaration.fields.count < 2 { return }
        declaration.fields.remove(at: below(declaration.fields.count))
        tidy(&declaration)
    }

    private mutating func renameField(of declaration: inout ResourceDeclaration) {
        let name = one(of: Self.names)
        if declaration.fields.isEmpty || declaration.fields.contains(where: { $0.name == name }) {
            return
        }
        let index = below(declaration.fields.count)
        let old = declaration.fields[index].name
        declaration.fields[index].name = name
        declaration.fields[index].formerName = declaration.fields[index].formerName ?? old
        declaration.search = declaration.search.map { $0 == old ? name : $0 }
        declaration.filter = declaration.filter.map { $0 == old ? name : $0 }
        declaration.sort = declaration.sort.map { $0.name == old ? .init(name) : $0 }
    }

    private mutating func changeField(
        of declaration: inout ResourceDeclaration, _ state: [ResourceDeclaration]
    ) {
        if declaration.fields.isEmpty { return }
        let index = below(declaration.fields.count)
        var field = declaration.fields[index]
        switch below(8) {
        case 0: field.isNullable = one(of: [nil, true, false])
        case 1: field.isRequired.toggle()
        case 2: field.isUnique = chance(30)
        case 3: field.length = field.type == .text ? length() : nil
        case 4: field.defaultValue = chance(60) ? standard(for: field) : nil
        case 5: field.values = field.type == .enumeration ? words() : []
        case 6: field.reference?.onDelete = one(of: ResourceField.Dependents.allCases)
        default:
            var other = self.field(field.name, state)
            other.formerName = field.formerName
            field = other
        }
        declaration.fields[index] = field
        tidy(&declaration)
    }

    /// What names a field that is gone, or that cannot be in it any more, goes.
    private func tidy(_ declaration: inout ResourceDeclaration) {
        let fields = declaration.fields
        let indexed = Set(fields.filter { $0.indexProblem == nil }.map(\.name))
        declaration.filter.removeAll { !indexed.contains($0) }
        declaration.sort.removeAll { !indexed.contains($0.name) }
        declaration.search.removeAll { name in
            !fields.contains { $0.name == name && $0.type.isText && !$0.isPII }
        }
    }

    // MARK: Fields

    private mutating func field(
        _ name: String, _ state: [ResourceDeclaration]
    ) -> ResourceField {
        var field = ResourceField(name, one(of: FieldType.allCases))
        field.isRequired = chance(30)
        if chance(20) { field.isNullable = chance(50) }
        switch field.type {
        case .text: field.length = length()
        case .enumeration: field.values = words()
        case .reference:
            guard !state.isEmpty else { return ResourceField(name, .integer) }
            field.reference = .init(
                one(of: state).name, onDelete: one(of: ResourceField.Dependents.allCases))
        default: break
        }
        field.isPII = field.type.isText && chance(10)
        if chance(30), !field.isPII { field.defaultValue = standard(for: field) }
        if field.defaultValue == nil, field.indexProblem == nil { field.isUnique = chance(15) }
        return field
    }

    private mutating func length() -> ClosedRange<Int>? {
        chance(25) ? nil : 0...(one(of: [5, 20, 255, 500, 1000]))
    }

    private mutating func words() -> [String] {
        let all = [
            "active", "inactive", "it's", "a \"b\"", "", "ä€😀", "x, y", "(", "$1", "'e\u{301}",
        ]
        return Array(all.filter { !$0.isEmpty }.dropFirst(below(4)).prefix(1 + below(5)))
    }

    private mutating func standard(for field: ResourceField) -> JSON? {
        switch field.type {
        case .text: .string(one(of: ["", "it's", "x", "-- y"]))
        case .email: "a@b.example"
        case .url: "https://a.example/?q='x'"
        case .enumeration: .string(one(of: field.values))
        case .integer: .integer(one(of: [0, -5, Int64.max, Int64.min]))
        case .number: .number(one(of: [0, -1.5, 1e300, 2.5e-7, 5]))
        case .boolean: .boolean(chance(50))
        case .date: "2026-02-28"
        case .instant, .json, .reference: nil
        }
    }

    private mutating func some(of fields: [ResourceField]) -> [String] {
        fields.shuffled(using: &random).prefix(below(4)).map(\.name)
    }
}
