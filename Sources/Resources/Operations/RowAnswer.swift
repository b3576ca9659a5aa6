import API
import Coding
import HTTP

/// A row as an operation answers it, with its entity tag.
struct RowAnswer: OperationAnswer {
    let status: Status
    let row: ResourceRow
    let resource: Resource
    /// What the request says of the state that it knows.
    var conditions: Conditions?

    func response() throws -> Response {
        let bytes = try JSONCoder.write(self)
        let tag = RowTag.tag(of: row)
        if conditions?.verdict(etag: tag, modified: nil) == .notModified {
            return Response(.notModified, fields: [.etag: tag.description])
        }
        var response = Response.json(bytes, status: status)
        response.fields[.etag] = tag.description
        return response
    }
}

extension RowAnswer: JSONWritable {
    func write(to json: inout JSONOutput) {
        json.open()
        row.writeMembers(to: &json, as: resource)
        json.close()
    }
}
