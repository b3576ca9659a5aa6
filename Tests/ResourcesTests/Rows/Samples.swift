import Coding
import SQL
import Secrets
import Values

@testable import Resources

/// A resource with a field of every type, twice: once that may be null, once with every limit that
/// its type has.
enum Samples {
    static func catalog() throws -> ResourceCatalog {
        var things = ResourceDeclaration(
            "things", owner: .organization, fields: plain() + limited() + personal())
        things.title = "Thing"
        things.relations = [.init("parts", "parts", field: "thing")]
        var part = ResourceField("thing", .reference)
        part.isRequired = true
        part.reference = .init("things")
        var name = ResourceField("name", .text)
        (name.isRequired, name.length) = (true, 1...255)
        let parts = ResourceDeclaration("parts", fields: [name, part])
        return try ResourceCatalog([things, parts])
    }

    static func things() throws -> Resource {
        guard let things = try catalog()["things"] else { throw Invalid.unknown }
        return things
    }

    /// One of each type without limits, all of them may be null.
    static func plain() -> [ResourceField] {
        FieldType.allCases.map { type in
            var field = ResourceField(
                "any\(type.rawValue.prefix(1).uppercased())\(type.rawValue.dropFirst())", type)
            if type == .enumeration { field.values = ["active", "it's", "\"x\" € 😀"] }
            if type == .reference { field.reference = .init("things") }
            return field
        }
    }

    static func limited() -> [ResourceField] {
        var code = ResourceField("code", .text)
        (code.length, code.pattern, code.isRequired) = (2...8, "[A-Z]+-?[0-9]*", true)
        code.description = "What is printed on the thing."
        var count = ResourceField("count", .integer)
        (count.range, count.defaultValue) = (.init(min: -5, max: 5), 3)
        var price = ResourceField("price", .number)
        (price.range, price.isRequired) = (.init(min: 0), true)
        var status = ResourceField("status", .enumeration)
        (status.values, status.defaultValue) = (["active", "inactive"], "active")
        var note = ResourceField("note", .text)
        (note.length, note.isNullable, note.defaultValue) = (0...5, false, "")
        var settings = ResourceField("settings", .json)
        settings.isRequired = true
        return [code, count, price, status, note, settings]
    }

    static func personal() -> [ResourceField] {
        [FieldType.text, .email, .url].map { type in
            var field = ResourceField(
                "own\(type.rawValue.prefix(1).uppercased())\(type.rawValue.dropFirst())", type)
            field.isPII = true
            return field
        }
    }

    /// A ring with the keys of these ids, the first of which seals.
    static func keyring(_ ids: Int...) throws -> Keyring {
        let letters = Array("AEIMQUYcgkosw048")
        let list = ids.map { "\($0):" + String(repeating: "A", count: 42) + "\(letters[$0 - 1])=" }
        return try Keyring(
            list: Secret(list.joined(separator: ",")), randomness: .system)
    }
}

extension Resource {
    func named(_ name: String) throws -> Field {
        guard let field = field(name) else { throw Invalid.unknown }
        return field
    }
}
