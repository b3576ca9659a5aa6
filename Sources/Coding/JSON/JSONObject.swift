/// The members of a JSON object, in the order they came, each name once.
///
/// Names are compared byte by byte, as the parser does: two that look alike but are composed
/// differently are two names. A member is found by looking through them: a few nanoseconds each.
package struct JSONObject: Sendable {
    /// A name with its value. The name is unique within its object.
    package struct Member: Hashable, Sendable {
        package let name: String
        package var value: JSON
    }

    package private(set) var members: [Member]

    package init() {
        members = []
    }

    /// A name that comes twice keeps its first place and its last value.
    package init(_ members: some Sequence<(String, JSON)>) {
        self.members = []
        for (name, value) in members { self[name] = value }
    }

    /// For the parser, which has refused repeated names already.
    init(unique members: [Member]) {
        self.members = members
    }

    package var count: Int { members.count }
    package var isEmpty: Bool { members.isEmpty }
    package var names: [String] { members.map(\.name) }

    /// Setting appends what is new and keeps the place of what is not; nil removes.
    package subscript(_ name: String) -> JSON? {
        get { index(of: name).map { members[$0].value } }
        set {
            switch (index(of: name), newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append(Member(name: name, value: value))
            case (nil, nil): break
            }
        }
    }

    private func index(of name: String) -> Int? {
        members.firstIndex { $0.name.utf8.elementsEqual(name.utf8) }
    }
}

extension JSONObject: Hashable {
    /// The order of members does not matter (RFC 8259 §4).
    package static func == (left: JSONObject, right: JSONObject) -> Bool {
        if left.members == right.members { return true }
        guard left.count == right.count else { return false }
        return left.members.allSatisfy { right[$0.name] == $0.value }
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(count)
        hasher.combine(members.reduce(0) { $0 ^ $1.hashValue })
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, JSON)...) {
        self.init(elements)
    }
}

extension JSONObject: JSONWritable {
    package func write(to json: inout JSONOutput) {
        json.open()
        json.members(of: self)
        json.close()
    }
}
