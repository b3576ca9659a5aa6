import API
import Coding
import Testing
import Values

@testable import Resources

/// S3-17, in the API's document: what is read and answered is what the document says.
struct RowShapesTests {
    private func shape(_ example: SchemaExample) -> JSON { example.schema.json }

    @Test func `a row's shape has every member that a row has, in its order`() throws {
        let catalog = try Samples.catalog()
        let things = try #require(catalog["things"])
        let shapes = RowShapes(things, in: catalog)
        let row = ResourceRow(
            id: .example, values: things.fields.map { _ in .null }, createdAt: .example,
            updatedAt: .example)
        var output = JSONOutput()
        output.open()
        row.writeMembers(to: &output, as: things)
        output.close()
        let written = try JSON(parsing: output.bytes())
        #expect(written == row.json(as: things))
        let names = written.asObject?.names
        #expect(shape(shapes.row)["properties"]?.asObject?.names == names)
        #expect(shape(shapes.row)["required"] == .list((names ?? []).map { .string($0) }))
        #expect(shapes.row.example.asObject?.names == names)
        #expect(shapes.row.schema.name == "Thing")
        #expect(shape(shapes.row)["properties"]?["createdAt"]?["readOnly"] == true)
    }

    @Test func `relations and references are members of a detail`() throws {
        let catalog = try Samples.catalog()
        let things = RowShapes(try #require(catalog["things"]), in: catalog)
        #expect(things.detail.schema.name == "ThingDetail")
        #expect(shape(things.detail)["properties"]?["parts"]?["type"] == "array")
        #expect(things.detail.example["parts"]?[0]?["name"] == "Name")
        let parts = RowShapes(try #require(catalog["parts"]), in: catalog)
        #expect(shape(parts.detail)["properties"]?["thing"] != nil)
        #expect(parts.detail.example["thing"] == nil)
        #expect(shape(parts.page)["required"] == ["data", "meta"])
    }

    @Test func `limits and words are those of the declaration`() throws {
        let things = try Samples.things()
        let fields = try Samples.things().fields.map { field in
            (field.declaration.name, FieldShape(field).schema.json)
        }
        let shapes = Dictionary(uniqueKeysWithValues: fields)
        #expect(
            shapes["code"] == [
                "type": "string", "minLength": 2, "maxLength": 8,
                "pattern": "^[A-Z]+-?[0-9]*$", "description": "What is printed on the thing.",
            ])
        #expect(shapes["count"] == ["type": "integer", "minimum": -5, "maximum": 5])
        #expect(shapes["price"] == ["type": "number", "minimum": .number(0)])
        #expect(shapes["status"] == ["type": "string", "enum": ["active", "inactive"]])
        #expect(shapes["anyDate"] == ["type": ["string", "null"], "format": "date"])
        #expect(shapes["anyText"] == ["type": ["string", "null"]])
        #expect(shapes["anyJson"] == .object([:]))
        #expect(
            shapes["settings"] == ["type": ["object", "array", "string", "number", "boolean"]])
        #expect(
            shapes["anyInteger"] == [
                "type": ["integer", "null"], "minimum": .integer(.min), "maximum": .integer(.max),
            ])
        #expect(things.declaration.titleText == "Thing")
    }

    @Test func `a draft is closed, and asks for what must be said`() throws {
        let input = RowInput(try Samples.things())
        let draft = try input.draft.documentation()
        #expect(draft.schema.name == "ThingDraft")
        #expect(shape(draft)["required"] == ["code", "price", "settings"])
        #expect(shape(draft)["additionalProperties"] == false)
        let change = try input.change.documentation()
        #expect(change.schema.name == "ThingChange")
        #expect(shape(change)["required"] == ["id"])
    }

    @Test func `what is shown as an example is taken`() throws {
        for resource in try Samples.catalog().resources {
            let input = RowInput(resource)
            let draft = try input.draft.documentation().example
            let read = try input.draft.read(Input(body: .tree(draft)), JSONLimits())
            #expect(read.values.allSatisfy { !$0.isNull })
            var change = try #require(try input.change.documentation().example.asObject)
            let id = try #require(change["id"]?.asString)
            change["id"] = nil
            let changed = try input.change.read(
                Input(path: [("id", id)], body: .tree(.object(change))), JSONLimits())
            #expect(changed.values.map(\.value) == read.values)
        }
    }

    @Test func `null is said to be good only where it is`() throws {
        var writer = SchemaWriter()
        writer.takesNull = true
        let things = try Samples.things()
        let draft = writer.json(try RowInput(things).change.documentation().schema)
        for field in things.fields {
            let property = try #require(draft["properties"]?[field.name])
            let types = property["type"]?.asList ?? []
            let isSaid =
                types.contains("null") || property == .object([:])
                || property["anyOf"]?.asList?.contains(["type": "null"]) == true
            #expect(isSaid == field.declaration.allowsNull, "\(field.name) \(property)")
        }
    }
}
