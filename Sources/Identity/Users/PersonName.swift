import Coding

/// A name that a person gives for himself (S3-16).
package struct PersonName: LineValue {
    package static let lengths = 2...100

    package let text: String

    package init(known text: String) { self.text = text }

    package static var example: PersonName { PersonName(known: "Ada Lovelace") }
}
