import API
import Coding
import Testing
import Values

@testable import Resources

/// Issue 5, Must show 6: bodies are read by the rules of the declaration, and all that is wrong is
/// told at once.
struct RowInputTests {
    private let things: Resource
    private let input: RowInput

    init() throws {
        things = try Samples.things()
        input = RowInput(things)
    }

    private static let id = "0199c82c-c000-7000-8000-000000000001"

    private func draft(_ body: String) throws -> RowDraft {
        try input.draft.read(Input(body: .json(Array(body.utf8))), JSONLimits())
    }

    private func change(_ body: String, id: String = Self.id) throws -> RowChange {
        try input.change.read(
            Input(path: [("id", id)], body: .json(Array(body.utf8))), JSONLimits())
    }

    private func problems(_ body: () throws -> Void) -> [String: Invalid] {
        do {
            try body()
        } catch let error as InvalidInput {
            return Dictionary(
                error.fields.map { ("\($0.source) \($0.path)", $0.problem) },
                uniquingKeysWith: { first, _ in first })
        } catch {
            Issue.record("\(error)")
        }
        return [:]
    }

    private func value(_ name: String, of draft: RowDraft) throws -> FieldValue {
        let index = try #require(things.fields.firstIndex { $0.declaration.name == name })
        return draft.values[index]
    }

    @Test func `a draft has every value: what was given, what is so by default, and null`() throws {
        let draft = try draft(
            #"{"code": "AB-1", "price": 2, "settings": {"a": 1}, "anyText": "x"}"#)
        #expect(draft.values.count == things.fields.count)
        #expect(try value("code", of: draft) == .text("AB-1"))
        #expect(try value("price", of: draft) == .number(2))
        #expect(try value("settings", of: draft) == .json(["a": 1]))
        #expect(try value("anyText", of: draft) == .text("x"))
        #expect(try value("count", of: draft) == .integer(3))
        #expect(try value("status", of: draft) == .text("active"))
        #expect(try value("note", of: draft) == .text(""))
        #expect(try value("anyReference", of: draft) == .null)
        #expect(draft.organizationID == nil)
    }

    @Test func `whose row it shall be is told where rows are organizations'`() throws {
        let body = #"{"code": "AB", "price": 2, "settings": 1, "organizationId": "\#(Self.id)"}"#
        #expect(try draft(body).organizationID?.description == Self.id)
        let problems = problems { _ = try draft(#"{"organizationId": 5}"#) }
        #expect(
            problems["body organizationId"] == .wrongType(expected: .id, received: .integer))
        let parts = RowInput(try #require(try Samples.catalog()["parts"]))
        #expect(throws: InvalidInput.self) {
            let body = #"{"name": "x", "thingId": "\#(Self.id)", "organizationId": "\#(Self.id)"}"#
            _ = try parts.draft.read(Input(body: .json(Array(body.utf8))), JSONLimits())
        }
    }

    @Test func `all that is wrong with a draft is told, in the order of the declaration`() throws {
        let body = #"""
            {"id": "x", "__proto__": 1, "price": -1, "code": "no", "status": "gone", "count": 1.5,
             "anyReference": "y", "anyReferenceId": 7, "createdAt": "2026-01-01T00:00:00Z"}
            """#
        let error = #expect(throws: InvalidInput.self) { _ = try draft(body) }
        #expect(
            error?.fields.map(\.path) == [
                "anyReferenceId", "code", "count", "price", "status", "settings", "id",
                "__proto__", "anyReference", "createdAt",
            ])
        #expect(error?.fields.last?.problem == .unknown)
        #expect(
            error?.fields.first { $0.path == "settings" }?.problem == .missing(expected: .object))
    }

    @Test(arguments: ["[]", "null", "5", "\"x\"", "true"])
    func `a body that is no object is refused as one`(_ body: String) throws {
        let kind = try JSON(parsing: Array(body.utf8)).kind
        #expect(
            problems { _ = try draft(body) }
                == ["body ": .wrongType(expected: .object, received: kind)])
        #expect(
            problems { _ = try change(body) }
                == ["body ": .wrongType(expected: .object, received: kind)])
    }

    @Test func `without a body nothing is given`() throws {
        let missing = problems { _ = try input.draft.read(Input(), JSONLimits()) }
        #expect(Set(missing.keys) == ["body code", "body price", "body settings"])
        #expect(try change("{}").values.isEmpty)
    }

    @Test func `a change has what is given, null included, and no defaults`() throws {
        let change = try change(#"{"count": 5, "anyText": null, "code": "XY"}"#)
        #expect(change.id.description == Self.id)
        let names = change.values.map { things.fields[$0.index].name }
        #expect(names == ["anyText", "code", "count"])
        #expect(change.values.map(\.value) == [.null, .text("XY"), .integer(5)])
        let wrong = problems { _ = try self.change(#"{"code": null, "nothing": 1}"#, id: "7") }
        #expect(
            wrong == [
                "path id": .malformed(.id), "body nothing": .unknown,
                "body code": .wrongType(expected: .string, received: .null),
            ])
    }

    @Test func `text that is no JSON, twice the same name or too deep is no input at all`() {
        let deep = String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
        for body in [
            "{", "{\"code\": \"AB\", \"code\": \"CD\"}", "{'code': 1}", "\u{feff}{}",
            "{\"settings\": \(deep)}", "{\"count\": 01}", "{\"code\": \"\\ud800\"}",
            "{\"price\": 1e999}", "{\"price\": NaN}",
        ] {
            #expect(throws: JSONSyntaxError.self, "\(body)") { _ = try draft(body) }
        }
    }

    @Test func `many members that nobody knows do not make a long answer`() throws {
        let name = String(repeating: "x", count: 5000)
        let members = (0..<1000).map { "\"\($0)\(name)\": 1" }.joined(separator: ",")
        do {
            var limits = JSONLimits()
            limits.bytes = 1 << 24
            let body = Input(body: .json(Array("{\(members)}".utf8)))
            _ = try input.draft.read(body, limits)
            Issue.record("was taken")
        } catch let error as InvalidInput {
            let unknown = error.fields.filter { $0.problem == .unknown }
            #expect(unknown.count == 100)
            #expect(unknown.allSatisfy { $0.path.count <= 100 })
        }
    }
}
