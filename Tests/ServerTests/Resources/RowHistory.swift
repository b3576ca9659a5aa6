import Coding

@testable import Changes

/// What rows must be like, going by their changes alone: each goes on from what the one before it
/// left, so that a change that is missing, doubled or out of its place is seen.
struct RowHistory {
    /// By topic and id.
    private(set) var living: [String: [String: JSON]] = [:]
    private(set) var gone: [String: [String: JSON]] = [:]
    private(set) var problems: [String] = []
    /// All names that rows have had.
    private(set) var names: Set<String> = []

    init(_ changes: [NumberedChange]) {
        for (index, numbered) in changes.enumerated() {
            if numbered.seq != Int64(index + 1) {
                problems.append("number \(numbered.seq) comes \(index + 1)th")
            }
            apply(numbered.change)
        }
    }

    private mutating func apply(_ change: Change) {
        let (topic, id) = (change.topic, change.row)
        let state = living[topic]?[id]
        let before = change.before.map(sorted)
        let after = change.after.map(sorted)
        let isRight =
            switch change.kind {
            case .created: state == nil && gone[topic]?[id] == nil && after != nil
            case .updated: state != nil && before == state && after != nil && after != state
            case .deleted: state != nil && before == state && after == nil
            case .restored: state == nil && after != nil && gone[topic]?[id] == after
            }
        if !isRight { problems.append("\(change) follows \(String(describing: state))") }
        living[topic, default: [:]][id] = after
        gone[topic, default: [:]][id] = change.kind == .deleted ? before : nil
        if let name = after?["name"]?.asString { names.insert(name) }
    }

    /// PostgreSQL keeps the members of an object in an order of its own.
    private func sorted(_ json: JSON) -> JSON {
        guard case .object(let object) = json else { return json }
        return .object(
            JSONObject(object.members.sorted { $0.name < $1.name }.map { ($0.name, $0.value) }))
    }
}
