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
        var output = OutputDocumentation(
            .ok, "A page of rows.", mediaType: "application/json", schema: shapes.page.schema,
            example: shapes.page.example)
        output.fields = []
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
                options: options, guard: permission, input: self.input.reference, output: output
            ) { [rows] reference, principal, call in
                let asker = try await rows.asker(principal, call)
                let row = try await rows.find(reference.id, for: asker)
                return try await rows.detail(row, for: asker, if: Conditions(of: call.request))
            }.route
        ]
    }
}
