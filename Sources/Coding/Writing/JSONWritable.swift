import Values

/// A type that writes itself without Codable: for answers that go out often. About three times as
/// fast. It writes exactly one value.
package protocol JSONWritable {
    func write(to json: inout JSONOutput)
}

extension Bool: JSONWritable {
    package func write(to json: inout JSONOutput) { json.boolean(self) }
}

extension String: JSONWritable {
    package func write(to json: inout JSONOutput) { json.string(self) }
}

extension Int: JSONWritable {
    package func write(to json: inout JSONOutput) { json.integer(self) }
}

extension Int64: JSONWritable {
    package func write(to json: inout JSONOutput) { json.integer(self) }
}

extension Double: JSONWritable {
    package func write(to json: inout JSONOutput) { json.number(self) }
}

extension Instant: JSONWritable {
    package func write(to json: inout JSONOutput) { json.instant(self) }
}

extension ID: JSONWritable {
    package func write(to json: inout JSONOutput) { json.id(self) }
}

extension EmailAddress: JSONWritable {}

extension Array: JSONWritable where Element: JSONWritable {
    package func write(to json: inout JSONOutput) { json.list(self) }
}

extension StringValue where Self: JSONWritable {
    package func write(to json: inout JSONOutput) { json.string(text) }
}
