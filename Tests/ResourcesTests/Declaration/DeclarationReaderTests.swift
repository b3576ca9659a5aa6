import Coding
import Testing

@testable import Resources

/// S3-12, S3-17, S3-20, S3-21: the sample of the documents, as it is declared.
struct DeclarationReaderTests {
    @Test func `a resource is read with all that it says`() throws {
        let catalog = try read(["items.json5": sampleItems, "item_notes.json5": sampleNotes])
        let items = try #require(catalog["items"])
        #expect(items.table.name == "items")
        #expect(items.owner == .user && items.isSoft)
        #expect(items.fields.map(\.name) == ["name", "description", "status"])
        let name = try #require(items.field("name")?.declaration)
        #expect(name.isRequired && !name.allowsNull && name.length == 1...255)
        #expect(try #require(items.field("description")?.declaration).allowsNull)
        let status = try #require(items.field("status")?.declaration)
        #expect(status.values == ["active", "inactive"] && status.defaultValue == "active")
        #expect(!status.allowsNull && status.lengthMax == 50)
        #expect(items.declaration.relations == [.init("notes", "item_notes", field: "item")])
        #expect(items.declaration.search == ["name", "description"])
        #expect(items.declaration.defaultSort == .init("-createdAt"))
        #expect(items.declaration.rule(.read) == .owner)
        #expect(items.declaration.rule(.create) == .signedIn)
        #expect(items.declaration.titleText == "Item" && items.declaration.shapeName == "Item")

        let notes = try #require(catalog["item_notes"])
        let item = try #require(notes.field("item"))
        #expect(item.name == "itemId" && item.column.name == "item_id")
        #expect(item.declaration.reference == .init("items", onDelete: .cascade))
        #expect(notes.declaration.titleText == "Item note")
        #expect(notes.declaration.shapeName == "ItemNote")
        // What is referred to comes first.
        #expect(catalog.resources.map(\.name) == ["items", "item_notes"])
        #expect(catalog.references(to: "items").map(\.field.name) == ["itemId"])
    }

    @Test func `one file may hold several resources`() throws {
        let catalog = try read([
            "all.json5": """
            {resources: [
                {name: "a", fields: {b: {type: "reference", resource: "c"}}},
                {name: "c", owner: "none", delete: "hard", fields: {n: {type: "integer", range: [0, null]}}},
            ]}
            """
        ])
        #expect(catalog.resources.map(\.name) == ["c", "a"])
        #expect(catalog["c"]?.fields[0].declaration.range == .init(min: 0))
        #expect(catalog["c"]?.declaration.rule(.delete) == .signedIn)
    }

    @Test func `a resource may refer to itself`() throws {
        let catalog = try read([
            "a.json5":
                #"{name: "folders", fields: {parent: {type: "reference", resource: "folders"}}}"#
        ])
        #expect(catalog["folders"]?.fields.map(\.column.name) == ["parent_id"])
    }

    @Test func `a declaration in Swift is checked like one in a file`() throws {
        var declaration = ResourceDeclaration("things", fields: [ResourceField("size", .integer)])
        declaration.sort = [.init("-size")]
        declaration.rules = [.read: .predicate("vip", atLeast: nil)]
        #expect(try ResourceCatalog([declaration], predicates: ["vip"])["things"] != nil)
        do {
            _ = try ResourceCatalog([declaration])
            Issue.record("a rule that nobody has was taken")
        } catch {
            #expect(error.description == "things.rules.read has vip, which is no rule")
        }
    }

    @Test func `all mistakes of all files are listed at once`() {
        let mistakes = mistakes([
            "a.json5":
                #"{name: "a", feilds: {}, fields: {b: {type: "txt"}, c: {type: "text", length: [3]}}}"#,
            "b.json5":
                "{name: 'b', fields: {c: {type: 'reference', resource: 'a'}, d: {type: 'enum'}}}",
            "c.json5": "{name: 'c',\n fields }",
        ])
        #expect(
            mistakes == [
                "a.json5: feilds is not known; did you mean fields?",
                "a.json5: fields.b.type must be one of text, number, integer, boolean, instant, date, "
                    + "enum, json, email, url, reference",
                "a.json5: fields.c.length must be the least and the greatest number of characters: "
                    + "[0, 1000]",
                "c.json5: line 2, column 9: a colon is missing after fields",
                "b.json5: fields.d.values is missing",
            ])
    }

    @Test func `what is wrong above a field, in it and with what names another is listed together`()
    {
        let text = """
            {name: 'a', sarch: [], fields: {b: {type: 'text', lenght: [0, 5]}, c: {type: 'json'}},
            sort: ['b', '-createdat'], filter: ['b', 'c'], search: ['b']}
            """
        #expect(
            mistakes(["a.json5": text]) == [
                "a.json5: sarch is not known; did you mean search?",
                "a.json5: fields.b.lenght is not known; did you mean length?",
                "a.json5: sort[1] is no field; did you mean createdAt?",
                "a.json5: filter[1] is of type json, which has no order",
            ])
    }

    @Test(arguments: Mistaken.all)
    func `a mistake is told with its path`(_ mistaken: Mistaken) {
        let found = mistakes(["x.json5": mistaken.text]).map { $0.dropFirst("x.json5: ".count) }
        #expect(found.contains { $0 == mistaken.message }, "\(found)")
        #expect(found.count == 1, "\(found)")
    }

    @Test func `references in a circle are refused`() {
        let found = mistakes([
            "a.json5": "{name: 'a', fields: {b: {type: 'reference', resource: 'b'}}}",
            "b.json5": "{name: 'b', fields: {a: {type: 'reference', resource: 'a'}}}",
        ])
        #expect(
            found == [
                "a.json5: fields.b.resource leads back to a: references may not run in a circle"
            ])
    }

    @Test func `two resources cannot share a name or a table`() {
        let fields = "fields: {a: {type: 'text'}}"
        #expect(
            mistakes([
                "a.json5": "{name: 'a', \(fields)}", "b.json5": "{name: 'a', \(fields)}",
                "c.json5": "{name: 'c', table: 'a', \(fields)}",
            ]) == [
                "b.json5: name a is declared twice",
                "c.json5: table a is the table of another resource, too",
            ])
    }

    // C21
    @Test func `names that the API's document has, or would have twice, are told`() {
        let fields = "fields: {a: {type: 'text'}}"
        #expect(
            mistakes([
                "a.json5": "{name: 'members', \(fields)}", "b.json5": "{name: 'item', \(fields)}",
                "c.json5": "{name: 'v1_errors', \(fields)}",
            ]) == [
                "a.json5: name would give the API's document a second Member: choose another",
                "c.json5: name would give the API's document a second V1Error: choose another",
            ])
        #expect(
            mistakes([
                "a.json5": "{name: 'items', \(fields)}", "b.json5": "{name: 'item', \(fields)}",
            ]) == [
                "b.json5: name has the name Item in the API's document, as items: choose another"
            ])
        #expect(
            mistakes([
                "a.json5": "{name: 'items', \(fields)}",
                "b.json5": "{name: 'item_pages', \(fields)}",
            ]) == [
                "b.json5: name has the name ItemPage in the API's document, as items: choose another"
            ])
    }

    // C21
    @Test func `a resource may have the path of sessions' streams and a table of another name`()
        throws
    {
        let found = mistakes(["s.json5": "{name: 'audit_log', fields: {a: {type: 'text'}}}"])
        #expect(
            found == [
                "s.json5: name audit_log is a table of the program's own: choose another, or give `table`"
            ])
        let catalog = try read([
            "s.json5": "{name: 'audit_log', table: 'story_log', fields: {a: {type: 'text'}}}"
        ])
        #expect(catalog["audit_log"]?.table.name == "story_log")
    }
}

/// A declaration with one mistake.
struct Mistaken: CustomTestStringConvertible, Sendable {
    let text: String
    let message: String

    var testDescription: String { message }

    static func resource(_ members: String, _ message: String) -> Mistaken {
        Mistaken(
            text: "{name: 'things', \(members), fields: {name: {type: 'text', length: [0, 99]}, "
                + "secret: {type: 'email', pii: true}, free: {type: 'text'}, extra: {type: 'json'}, "
                + "up: {type: 'reference', resource: 'things'}}}",
            message: message)
    }

    static func field(_ field: String, _ message: String) -> Mistaken {
        Mistaken(text: "{name: 'things', fields: {a: \(field)}}", message: message)
    }

    static let all: [Mistaken] = [
        Mistaken(text: "[]", message: "must hold an object"),
        Mistaken(text: "{fields: {a: {type: 'text'}}}", message: "name is missing"),
        Mistaken(text: "{name: 'a', fields: {}}", message: "fields must have at least one"),
        Mistaken(text: "{name: 'a', fields: []}", message: "fields must be an object, not a list"),
        Mistaken(text: "{resources: {}}", message: "resources must be a list, not an object"),
        Mistaken(
            text: "{resources: [{name: 'a', fields: {b: {type: 'text', unqiue: true}}}]}",
            message: "resources[0].fields.b.unqiue is not known; did you mean unique?"),
        Mistaken(
            text: "{name: 'Users', fields: {a: {type: 'text'}}}",
            message:
                "name must be a lower-case letter, then letters, digits and underscores, 63 at most"
        ),
        Mistaken(
            text: "{name: 'me', fields: {a: {type: 'text'}}}",
            message: "name me is a path of the program's own"),
        Mistaken(
            text: "{name: 'things', table: 'users', fields: {a: {type: 'text'}}}",
            message: "table users is a table of the program's own"),
        Mistaken(
            text: "{name: 'a\"; DROP TABLE users; --', table: 'a', fields: {a: {type: 'text'}}}",
            message:
                "name must be a lower-case letter, then letters, digits and underscores, 63 at most"
        ),
        Mistaken(
            text: "{name: 'a', fields: {'b\"--': {type: 'text'}}}",
            message: "fields.b\"-- must be a lower-case letter, then letters and digits, 63 at most"
        ),
        Mistaken(
            text: "{name: 'a', fields: {createdAt: {type: 'text'}}}",
            message: "fields.createdAt is a name that every row has, or a parameter of lists"),
        Mistaken(
            text: "{name: 'a', fields: {user: {type: 'reference', resource: 'a'}}}",
            message: "fields.user is a name that every row has, or a parameter of lists"),
        Mistaken(
            text:
                "{name: 'a', fields: {b: {type: 'reference', resource: 'a'}, bId: {type: 'text'}}}",
            message: "fields.bId has the name of another field"),
        resource("owner: 'me'", "owner must be one of user, organization, none"),
        resource("delete: true", "delete must be text, not true or false"),
        resource("title: ''", "title is too short: at least 1 characters"),
        resource("search: ['nam']", "search[0] is no field; did you mean name?"),
        resource("search: ['name', 'name']", "search[1] is there twice"),
        resource("search: ['secret']", "search[0] is sealed, and cannot be searched"),
        resource("search: ['extra']", "search[0] is not of type text, email or url"),
        resource("sort: ['-creatdAt']", "sort[0] is no field; did you mean createdAt?"),
        resource("sort: ['secret']", "sort[0] is sealed, and cannot be compared"),
        resource("filter: ['extra']", "filter[0] is of type json, which has no order"),
        resource(
            "filter: ['free']",
            "filter[0] is text that no index holds: give it a length of at most 500"),
        resource("rules: {reed: 'owner'}", "rules.reed is no action; did you mean read?"),
        resource("rules: {read: true}", "rules.read must be text, not true or false"),
        resource(
            "rules: {read: 'ownr'}", "rules.read has ownr, which is no rule; did you mean owner?"),
        resource("rules: {read: 'owner and'}", "rules.read ends where a name should be"),
        resource(
            "rules: {create: 'anyone'}",
            "rules.create lets in who is not signed in, and each row needs an owner"),
        resource(
            "owner: 'none', rules: {read: 'owner'}",
            "rules.read asks for the owner of rows that have none"),
        resource(
            "rules: {read: 'organization.role >= admin'}",
            "rules.read asks for a role in an organization, whose rows these are not"),
        resource(
            "relations: {notes: {resource: 'note', field: 'a'}}",
            "relations.notes.resource is no resource"),
        resource(
            "relations: {name: {resource: 'things', field: 'up'}}",
            "relations.name has the name of a field"
        ),
        resource("relations: {notes: {resource: 'things'}}", "relations.notes.field is missing"),
        field("{}", "fields.a.type is missing"),
        field("'text'", "fields.a must be an object, not text"),
        field(
            "{type: 'text', length: [5, 2]}",
            "fields.a.length must be the least and the greatest number of characters: [0, 1000]"),
        field("{type: 'integer', length: [0, 2]}", "fields.a.length is for text"),
        field(
            "{type: 'text', length: [0, 9999999]}", "fields.a.length is more than a body may have"),
        field(
            "{type: 'text', length: [0, 10001], pattern: 'a*'}",
            "fields.a.length is more than a pattern is tried on: at most 10000"),
        field("{type: 'text', range: [0, 2]}", "fields.a.range is for numbers"),
        field("{type: 'number', range: [3, 2]}", "fields.a.range begins after its end"),
        field("{type: 'integer', range: [0.5, 2]}", "fields.a.range must have whole numbers"),
        field(
            "{type: 'number', range: [3]}",
            "fields.a.range must be the least and the greatest number, or null: [0, null]"),
        field("{type: 'text', pattern: '[a-'}", "fields.a.pattern lacks a ]"),
        field("{type: 'text', values: ['a']}", "fields.a.values is for the type enum"),
        field("{type: 'enum', values: ['a', 'a']}", "fields.a.values has a word twice"),
        field(
            "{type: 'enum', values: ['']}", "fields.a.values[0] is too short: at least 1 characters"
        ),
        field("{type: 'enum', values: ['a\\nb']}", "fields.a.values[0] is no text"),
        field("{type: 'enum', values: ['a'], default: 'b'}", "fields.a.default must be one of a"),
        field("{type: 'reference'}", "fields.a.resource is missing"),
        field(
            "{type: 'reference', resource: 'thing'}",
            "fields.a.resource is no resource; did you mean things?"),
        field("{type: 'text', resource: 'things'}", "fields.a.resource is for references"),
        field("{type: 'text', onDelete: 'cascade'}", "fields.a.onDelete is for references"),
        field(
            "{type: 'reference', resource: 'things', onDelete: 'drop'}",
            "fields.a.onDelete must be one of restrict, cascade"),
        field(
            "{type: 'json', unique: true}", "fields.a.unique is of type json, which has no order"),
        field("{type: 'integer', pii: true}", "fields.a.pii is for text, email and url"),
        field(
            "{type: 'integer', default: 'x'}", "fields.a.default must be a whole number, not text"),
        field(
            "{type: 'integer', default: 7, range: [0, 5]}", "fields.a.default is too big: at most 5"
        ),
        field("{type: 'text', default: null}", "fields.a.default must not be null: leave it out"),
        field(
            "{type: 'text', default: 'ABC', pattern: '[a-z]+'}",
            "fields.a.default does not fit the pattern"),
        field(
            "{type: 'text', default: 'ABC', length: [0, 2]}",
            "fields.a.default is too long: at most 2 characters"),
        field("{type: 'date', default: '2026-02-30'}", "fields.a.default is no date"),
        field("{type: 'json', default: {}}", "fields.a.default cannot be given for this type"),
        field(
            "{type: 'integer', default: 1, unique: true}",
            "fields.a.default would be the same in every row, and the field is unique"),
        field(
            "{type: 'text', was: 'B'}", "fields.a.was must be a name that the field can have had"),
        field("{type: 'text', was: 'a'}", "fields.a.was is the name of a field"),
    ]
}

let sampleItems = """
    {
      name: "items",
      owner: "user",
      delete: "soft",
      fields: {
        name: { type: "text", required: true, length: [1, 255] },
        description: { type: "text", length: [0, 1000] },
        status: { type: "enum", values: ["active", "inactive"], default: "active" },
      },
      relations: { notes: { resource: "item_notes", field: "item" } },
      search: ["name", "description"],
      sort: ["-createdAt", "name"],
      filter: ["status", "createdAt"],
      rules: { read: "owner", create: "signedIn", update: "owner", delete: "owner" },
    }
    """

let sampleNotes = """
    {
      name: "item_notes",
      fields: {
        item: { type: "reference", resource: "items", required: true, onDelete: "cascade" },
        text: { type: "text", required: true, length: [1, 2000] },
      },
    }
    """

/// In the order of their names.
func read(_ files: [String: String]) throws -> ResourceCatalog {
    try DeclarationReader.read(
        files.sorted { $0.key < $1.key }.map { DeclarationFile($0.key, Array($0.value.utf8)) })
}

func mistakes(_ files: [String: String]) -> [String] {
    do {
        _ = try read(files)
        return []
    } catch {
        return (error as? DeclarationMistakes)?.list.map(\.description) ?? ["\(error)"]
    }
}
