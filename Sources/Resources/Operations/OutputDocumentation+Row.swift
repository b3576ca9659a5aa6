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
