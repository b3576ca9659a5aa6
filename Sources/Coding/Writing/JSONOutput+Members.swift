import Values

extension JSONOutput {
    // MARK: Objects

    package mutating func open() { byte(.openBrace) }
    package mutating func close() { byte(.closeBrace) }

    /// The name of the next member: plain ASCII that needs no escape.
    @inline(__always)
    package mutating func key(_ name: StaticString) {
        let length = name.utf8CodeUnitCount
        separate()
        reserve(length &+ 3)
        base[count] = .quote
        (base + count + 1).update(from: name.utf8Start, count: length)
        base[count &+ length &+ 1] = .quote
        base[count &+ length &+ 2] = .colon
        count &+= length &+ 3
    }

    /// The name of the next member, whatever is in it.
    package mutating func key(text name: String) {
        separate()
        string(name)
        byte(.colon)
    }

    /// The start of a member that is an object itself; `close` ends it.
    package mutating func open(_ name: StaticString) {
        key(name)
        open()
    }

    /// A comma before every member and element but the first.
    @inline(__always)
    mutating func separate() {
        if last != .openBrace, last != .openBracket { byte(.comma) }
    }

    /// All members of another object, among those of this one.
    package mutating func members(of object: JSONObject) {
        for member in object.members {
            key(text: member.name)
            member.value.write(to: &self)
        }
    }

    // MARK: Lists

    package mutating func list(_ values: some Sequence<some JSONWritable>) {
        list(values) { $0.write(to: &$1) }
    }

    /// Values that something else knows how to write.
    @inlinable
    package mutating func list<Values: Sequence>(
        _ values: Values, write: (Values.Element, inout JSONOutput) -> Void
    ) {
        byte(.openBracket)
        var isFirst = true
        for value in values {
            if !isFirst { byte(.comma) }
            isFirst = false
            write(value, &self)
        }
        byte(.closeBracket)
    }

    // One element after the other, for whoever writes many of one kind: `list` makes out the kind at
    // each of them.

    package mutating func openList() { byte(.openBracket) }
    package mutating func closeList() { byte(.closeBracket) }

    /// Comes before each element.
    package mutating func element() { separate() }

    // MARK: Members

    @inlinable
    package mutating func field(_ name: StaticString, _ value: some JSONWritable) {
        key(name)
        value.write(to: &self)
    }

    // The same for the types that most members have: a generic one looks for the type's own writer
    // each time.

    package mutating func field(_ name: StaticString, _ value: String) {
        key(name)
        string(value)
    }

    package mutating func nullableField(_ name: StaticString, _ value: String?) {
        key(name)
        if let value { string(value) } else { null() }
    }

    package mutating func field(_ name: StaticString, _ value: Bool) {
        key(name)
        boolean(value)
    }

    package mutating func field(_ name: StaticString, _ value: Instant) {
        key(name)
        instant(value)
    }

    package mutating func field<Entity>(_ name: StaticString, _ value: ID<Entity>) {
        key(name)
        id(value)
    }

    package mutating func nullableField<Entity>(_ name: StaticString, _ value: ID<Entity>?) {
        key(name)
        if let value { id(value) } else { null() }
    }

    /// Nothing where there is no value.
    @inlinable
    package mutating func field(_ name: StaticString, _ value: (some JSONWritable)?) {
        if let value { field(name, value) }
    }

    /// Null where there is no value.
    @inlinable
    package mutating func nullableField(_ name: StaticString, _ value: (some JSONWritable)?) {
        key(name)
        if let value { value.write(to: &self) } else { null() }
    }
}
