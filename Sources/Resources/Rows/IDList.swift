import Coding
import SQL
import Values

/// Ids as one parameter, however many there are: a statement keeps its text.
struct IDList: Sendable {
    let ids: [ID<ResourceRow>]

    init(_ ids: some Sequence<ID<ResourceRow>>) {
        self.ids = Array(ids)
    }

    var json: JSONText { JSONText(JSON.list(ids.map { .string($0.description) }).description) }

    /// Whether a column has one of them.
    func contains(_ column: SQLIdentifier, on engine: Engine) -> SQLFragment {
        contains("\(column)", on: engine)
    }

    func contains(_ column: SQLFragment, on engine: Engine) -> SQLFragment {
        switch engine {
        case .sqlite: "\(column) IN (SELECT value FROM json_each(\(json)))"
        case .postgres:
            "\(column) = ANY (ARRAY(SELECT jsonb_array_elements_text(\(json))::uuid))"
        }
    }
}
