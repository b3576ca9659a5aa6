import API
import Coding
import HTTP

/// A row as an operation answers it, with its entity tag.
struct RowAnswer: OperationAnswer {
    let status: Status
    let resource: Resource
    let row: ResourceRow
    let included: [Included]
    /// What the request knows of the row, where it only reads.
    var conditions: Conditions?

    init(
        _ row: ResourceRow, of resource: Resource, with included: [Included] = [],
        status: Status = .ok, if conditions: Conditions? = nil
    ) {
        (self.row, self.resource, self.included) = (row, resource, included)
        (self.status, self.conditions) = (status, conditions)
    }

    func response() throws -> Response {
        let bytes = try JSONCoder.write(ShownRow(row, of: resource, with: included))
        let tag = included.isEmpty ? RowTag.tag(of: row) : RowTag.tag(of: row, in: bytes)
        var response: Response
        switch conditions?.verdict(etag: tag, modified: nil) {
        case .notModified: response = Response(.notModified)
        case .failed: throw Failure.hasChanged
        case .proceed, nil: response = .json(bytes, status: status)
        }
        response.fields[.etag] = tag.description
        // Whoever keeps it asks each time whether it is still so.
        if conditions != nil { response.fields[.cacheControl] = "private, no-cache" }
        return response
    }
}
