/// Gives the elements of a drawing names that no other drawing in the same page has.
///
/// A name keeps what it was, with the scope behind it; a name that has the scope already stays, so
/// that a drawing that was made safe under a scope is the same when it is made safe again.
struct SVGScope {
    private let suffix: String
    private var names: [String: String] = [:]
    private var taken: Set<String> = []
    /// How often a name came that is another's already.
    private var repeats: [String: Int] = [:]

    init(_ scope: String) {
        let safe = scope.utf8.filter(Self.isPlain)
        suffix =
            safe.isEmpty ? "" : "-" + String(decoding: safe.prefix(Self.scopeMax), as: UTF8.self)
    }

    mutating func rename(_ root: SVGElement) {
        let all = root.all
        for element in all { name(element) }
        for element in all { refer(element) }
    }

    /// Of elements with the same name the first keeps it, as in browsers.
    private mutating func name(_ element: SVGElement) {
        guard case .id(let old)? = element["id"] else { return }
        guard names[old] == nil else { return element["id"] = nil }
        let new = free(old)
        names[old] = new
        element["id"] = .id(new)
    }

    private mutating func free(_ old: String) -> String {
        var base = plain(old)
        if !suffix.isEmpty, base.hasSuffix(suffix) { base.removeLast(suffix.utf8.count) }
        if base.utf8.first.map(Self.isLetter) != true { base = "_" + base }
        var name = base
        while !taken.insert(name).inserted {
            let count = repeats[base, default: 1] + 1
            repeats[base] = count
            name = "\(base)_\(count)"
        }
        return name + suffix
    }

    private func plain(_ name: String) -> String {
        let bytes = name.unicodeScalars.map { scalar in
            UInt8(exactly: scalar.value).flatMap { Self.isPlain($0) ? $0 : nil } ?? 0x5f
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// What refers to an element that is not there says so no longer.
    private func refer(_ element: SVGElement) {
        for (name, value) in element.attributes {
            switch value {
            case .plain, .id: break
            case .link(let old): element[name] = names[old].map { .link($0) }
            case .server(let old, let fallback):
                if let new = names[old] {
                    element[name] = .server(new, fallback: fallback)
                } else {
                    element[name] = SVGAttributes.isPaint(name) ? .plain(fallback ?? "none") : nil
                }
            }
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte) || byte == 0x5f
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        isLetter(byte) || (0x30...0x39).contains(byte) || byte == 0x2d || byte == 0x2e
    }

    private static let scopeMax = 32
}
