import Coding
import SQL
import Values

/// What is wrong with one field.
struct FieldRules {
    static let valuesMax = 100

    private let field: ResourceField
    private let one: ResourceCatalog.Declared
    private let world: DeclaredWorld
    private(set) var mistakes: [DeclarationMistake] = []

    init(_ field: ResourceField, _ one: ResourceCatalog.Declared, _ world: DeclaredWorld) {
        self.field = field
        self.one = one
        self.world = world
    }

    mutating func check() {
        checkName()
        checkLimits()
        checkValues()
        checkReference()
        checkKinds()
        if let value = field.defaultValue, let problem = DefaultRules(field).problem(with: value) {
            report(".default", problem)
        }
    }

    private mutating func report(_ member: String, _ problem: String) {
        mistakes.append(one.mistake("fields.\(field.name)\(member)", problem))
    }

    private mutating func checkName() {
        if !DeclaredName.isField(field.name) || (try? field.column) == nil {
            report("", "must be a lower-case letter, then letters and digits, 63 at most")
        }
        if ReservedNames.fields.contains(field.name) || ReservedNames.fields.contains(field.apiName)
        {
            report("", "is a name that every row has, or a parameter of lists")
        }
        guard let was = field.formerName else { return }
        if !DeclaredName.isField(was) || (try? field.formerColumn) == nil {
            report(".was", "must be a name that the field can have had")
        } else if one.declaration.fields.contains(where: { $0.name == was }) {
            report(".was", "is the name of a field")
        }
    }

    // MARK: Limits

    private mutating func checkLimits() {
        if let length = field.length {
            if field.type != .text { report(".length", "is for text") }
            if length.upperBound > 1 << 20 { report(".length", "is more than a body may have") }
        }
        if let range = field.range { check(range) }
        guard let pattern = field.pattern else { return }
        if field.type != .text { report(".pattern", "is for text") }
        do { _ = try Pattern(pattern) } catch { report(".pattern", error.problem) }
        if let length = field.length, length.upperBound > Pattern.textMax {
            report(".length", "is more than a pattern is tried on: at most \(Pattern.textMax)")
        }
    }

    private mutating func check(_ range: ResourceField.NumberRange) {
        guard [.number, .integer].contains(field.type) else {
            return report(".range", "is for numbers")
        }
        if let min = range.min, let max = range.max, min > max {
            report(".range", "begins after its end")
        }
        let ends = [range.min, range.max].compactMap { $0 }
        if field.type == .integer, ends.contains(where: { Int64(exactly: $0) == nil }) {
            report(".range", "must have whole numbers")
        }
    }

    private mutating func checkValues() {
        guard field.type == .enumeration else {
            if !field.values.isEmpty { report(".values", "is for the type enum") }
            return
        }
        guard !field.values.isEmpty else { return report(".values", "is missing") }
        if field.values.count > Self.valuesMax {
            report(".values", "has more than \(Self.valuesMax) words")
        }
        if Set(field.values).count < field.values.count { report(".values", "has a word twice") }
        for (index, value) in field.values.enumerated() {
            do {
                try value.requireText(length: 1...ResourceField.wordMax)
                _ = try SQLLiteral(value)
            } catch {
                report(".values[\(index)]", error.words(rules: DefaultRules.words, unknown: ""))
            }
        }
    }

    // MARK: What goes with what

    private mutating func checkReference() {
        guard field.type == .reference else {
            if field.reference != nil { report(".resource", "is for references") }
            return
        }
        guard let reference = field.reference else { return report(".resource", "is missing") }
        let isKnown =
            world.declarations[reference.resource] != nil
            || world.broken.contains(reference.resource)
        if !isKnown {
            let suggestion = Suggestion.text(for: reference.resource, among: world.names)
            report(".resource", "is no resource" + suggestion)
        }
    }

    private mutating func checkKinds() {
        if field.isUnique, let problem = field.indexProblem { report(".unique", problem) }
        if field.isPII {
            if !field.type.isText { report(".pii", "is for text, email and url") }
            if field.defaultValue != nil { report(".default", "cannot be sealed beforehand") }
        }
        if let description = field.description {
            do { try description.requireText(length: 1...500) } catch {
                report(".description", error.words(rules: [:], unknown: ""))
            }
        }
    }
}

extension ResourceField {
    /// The longest text that an index of PostgreSQL takes for certain.
    static let indexedLengthMax = 500

    /// Why no index can hold the field; nil when one can.
    var indexProblem: String? {
        if isPII { return "is sealed, and cannot be compared" }
        guard type.isOrdered else { return "is of type \(type.rawValue), which has no order" }
        guard type == .text else { return nil }
        guard let lengthMax, lengthMax <= Self.indexedLengthMax else {
            return "is text that no index holds: give it a length of at most "
                + "\(Self.indexedLengthMax)"
        }
        return nil
    }
}
