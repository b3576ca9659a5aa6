import Coding

/// A form in parts (`multipart/form-data`) with one file, as the API's document shows it.
package struct FormDocumentation: Sendable {
    private let file: String
    private let types: [String]
    private let fields: @Sendable () throws -> SchemaExample

    /// `file` is the field of the file, and `types` are the media types that it may be of; none: of any.
    package init(file: String, types: [String] = []) {
        (self.file, self.types) = (file, types)
        fields = { try SchemaExample(of: NoInput.self) }
    }

    /// The same, with the other fields of the form.
    package init<Fields: Codable & Sendable>(
        _ type: Fields.Type, file: String, types: [String] = []
    ) {
        (self.file, self.types) = (file, types)
        fields = { try SchemaExample(of: type) }
    }

    /// All fields, the file last.
    func shape() throws -> SchemaExample {
        let texts = try fields()
        guard case .object(var properties, let required) = texts.schema.kind else { return texts }
        properties.append(
            Schema.Property(
                file, .string(format: "binary").described("The file."), isExact: true))
        var example = texts.example.asObject ?? [:]
        example[file] = "…"
        return SchemaExample(
            schema: Schema(.object(properties: properties, required: required + [file])),
            example: .object(example))
    }

    /// The request's body.
    func json(_ shape: SchemaExample) -> JSON {
        var content: JSONObject = ["schema": shape.schema.json, "example": shape.example]
        if !types.isEmpty {
            content["encoding"] = .object([
                file: ["contentType": .string(types.joined(separator: ", "))]
            ])
        }
        return ["required": true, "content": ["multipart/form-data": .object(content)]]
    }
}
