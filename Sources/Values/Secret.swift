/// A value that must not be printed: passwords, tokens, keys.
///
/// It describes itself as `<secret>` to logs, string interpolation, `dump` and debuggers. Only
/// `exposed` gives the value, so that every place that looks at one can be found.
package struct Secret<Value: Sendable>: Sendable {
    package let exposed: Value

    package init(_ value: Value) {
        exposed = value
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "<secret>" }
    package var debugDescription: String { "<secret>" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
