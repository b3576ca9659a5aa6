import API
import Coding
import HTTP

extension OutputDocumentation {
    /// A row with its entity tag.
    static func row(
        _ shape: SchemaExample, _ status: Status, _ words: String, takesMatch: Bool = false
    ) -> OutputDocumentation {
        var output = OutputDocumentation(
            status, words, mediaType: "application/json", schema: shape.schema,
            example: shape.example)
        output.fields = [.etag]
        if takesMatch { output.requestFields = [.ifMatch] }
        return output
    }

    static var notModified: OutputDocumentation {
        var output = OutputDocumentation(.notModified, "The row is as `If-None-Match` says.")
        output.fields = [.etag]
        return output
    }
}

extension FieldDocumentation {
    static let etag = FieldDocumentation(
        "ETag", "Names the state of the row, for `If-Match` and `If-None-Match`.", .string,
        example: "\"1795176000000000\"")
    static let ifMatch = FieldDocumentation(
        "If-Match",
        "The `ETag` of the state that the request means: 412 where the row is another meanwhile.",
        .string, example: "\"1795176000000000\"")
    static let ifNoneMatch = FieldDocumentation(
        "If-None-Match", "The `ETag` of what is known already: 304 where that is still so.",
        .string, example: "\"1\"")
}
