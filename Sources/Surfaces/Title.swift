import Coding

/// A name that people give to a thing they make: a key, an organization.
package struct Title: LineValue {
    package static let lengths = 1...100

    package let text: String

    package init(known text: String) { self.text = text }

    package static var example: Title { Title(known: "Nightly report") }
}
