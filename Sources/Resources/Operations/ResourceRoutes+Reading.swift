import API
import Coding
import HTTP
import Identity
import Values

extension ResourceRoutes {
    var listing: [Route] {
        let (permission, options) = callers(.read)
        let shape = SchemaExample(
            schema: Schema(.object(properties: parameters.list, required: [])),
            example: .object(
                JSONObject(
                    parameters.list.compactMap { parameter in
                        parameter.schema.example.map { (parameter.name, $0) }
                    })))
        let input = InputShape(shape) { [parameters] input, _ in
            try parameters.read(input.query)
        }
        let output = OutputDocumentation(
            .ok, "A page of rows.", mediaType: "application/json", schema: shapes.page.schema,
            example: shapes.page.example)
        return [
            Operation(
                words.id("list", plural: true), .get, path, words.list,
                about: words.aboutListing(readScope), options: options, guard: permission,
                input: input, output: output
            ) { [rows] query, principal, call in
                try await ListRows(rows: rows)(query, by: rows.asker(principal, call))
            }.route
        ]
    }

    var reading: [Route] {
        let (permission, options) = callers(.read)
        var output = OutputDocumentation.row(shapes.detail, .ok, "The row.")
        output.requestFields = [.ifNoneMatch]
        output.alternatives = [.notModified]
        return [
            Operation(
                words.id("read"), .get, path + "/:id", words.read,
                about: words.aboutReading(readScope), failures: [.notFound, .hasChanged],
                options: options, guard: permission, input: detail, output: output
            ) { [rows] wish, principal, call in
                let asker = try await rows.asker(principal, call)
                let row = try await rows.find(wish.id, for: asker)
                return try await rows.detail(
                    row, including: wish.include, for: asker, if: Conditions(of: call.request))
            }.route
        ]
    }

    /// A row by its id, and what to show beside it.
    private var detail: InputShape<RowWish> {
        let (reference, parameters) = (input.reference, parameters)
        return InputShape(reference.shape(with: parameters.include)) { input, limits in
            let include = try parameters.readInclude(input.query)
            return RowWish(id: try reference.read(input, limits).id, include: include)
        }
    }
}

/// What reading a row asks for.
private struct RowWish: Sendable {
    let id: ID<ResourceRow>
    let include: [Inclusion]
}

extension InputShape {
    /// Its members and one more, which may be left out.
    fileprivate func shape(with property: Schema.Property?) -> SchemaExample {
        guard let property, let own = try? documentation(),
            case .object(let properties, let required) = own.schema.kind,
            case .object(var example) = own.example
        else { return (try? documentation()) ?? SchemaExample(schema: .object([:]), example: [:]) }
        example[property.name] = property.schema.example
        return SchemaExample(
            schema: Schema(.object(properties: properties + [property], required: required)),
            example: .object(example))
    }
}
