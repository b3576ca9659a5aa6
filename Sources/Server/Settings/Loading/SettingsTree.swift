import Coding

/// Settings as they are put together: a tree of JSON that knows of each value where it comes from.
struct SettingsTree {
    private(set) var json: JSON
    private var origins: [String: SettingsOrigin] = [:]

    init(_ json: JSON = .object([:])) {
        self.json = json
    }

    /// Lays values over what is there: member by member where both are objects, else whole.
    mutating func lay(_ other: JSON, from origin: SettingsOrigin) {
        json = merge(json, other, at: "", origin)
    }

    mutating func set(_ path: String, to value: JSON, from origin: SettingsOrigin) {
        let names = path.split(separator: ".").map(String.init)
        lay(names.reversed().reduce(value) { .object([$1: $0]) }, from: origin)
    }

    mutating func lay(_ other: SettingsTree) {
        json = merge(json, other.json, at: "", nil)
        origins.merge(other.origins) { $1 }
    }

    subscript(path: String) -> JSON? {
        path.split(separator: ".").reduce(json as JSON?) { $0?[String($1)] }
    }

    /// The origin of a value, also of a part of it or of one that holds it: `listen[0]`, `http`.
    func origin(of path: String) -> SettingsOrigin {
        var path = path[...]
        while !path.isEmpty {
            if let origin = origins[String(path)] { return origin }
            guard let cut = path.lastIndex(where: { $0 == "." || $0 == "[" }) else { break }
            path = path[..<cut]
        }
        return .standard
    }

    private mutating func merge(
        _ below: JSON, _ above: JSON, at path: String, _ origin: SettingsOrigin?
    ) -> JSON {
        guard case .object(let new) = above else {
            if let origin { origins[path] = origin }
            return above
        }
        // An object over nothing, or over a plain value, still knows each member's origin.
        var merged: JSONObject = [:]
        if case .object(let old) = below { merged = old }
        for member in new.members {
            let inner = path.isEmpty ? member.name : path + "." + member.name
            merged[member.name] = merge(
                merged[member.name] ?? .null, member.value, at: inner, origin)
        }
        return .object(merged)
    }
}
