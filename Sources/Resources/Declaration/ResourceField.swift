import Coding

/// A field of a resource, as it was declared. `ResourceCatalog` checks it.
package struct ResourceField: Hashable, Sendable {
    package var name: String
    package var type: FieldType
    /// For readers of the API's document.
    package var description: String?
    /// Whether whoever creates a row must say it.
    package var isRequired = false
    /// Nil where the declaration does not say: then it may be null when nothing else fills it.
    package var isNullable: Bool?
    package var defaultValue: JSON?
    /// Once among the rows of an owner.
    package var isUnique = false
    /// Personal data: sealed in the database, and therefore neither searched nor filtered by.
    package var isPII = false
    /// In characters.
    package var length: ClosedRange<Int>?
    package var range: NumberRange?
    /// A `Pattern`, which the whole text must match.
    package var pattern: String?
    package var values: [String] = []
    package var reference: Reference?
    /// The name it had before, so that its column is renamed and not dropped.
    package var formerName: String?

    package init(_ name: String, _ type: FieldType) {
        self.name = name
        self.type = type
    }

    /// The least and the greatest number, either of them open.
    package struct NumberRange: Hashable, Sendable {
        package var min: Double?
        package var max: Double?

        package init(min: Double? = nil, max: Double? = nil) {
            self.min = min
            self.max = max
        }

        package func contains(_ number: Double) -> Bool {
            (min.map { $0 <= number } ?? true) && (max.map { number <= $0 } ?? true)
        }
    }

    /// Which resource a field names a row of, and what becomes of rows whose row is deleted.
    package struct Reference: Hashable, Sendable {
        package var resource: String
        package var onDelete: Dependents

        package init(_ resource: String, onDelete: Dependents = .restrict) {
            self.resource = resource
            self.onDelete = onDelete
        }
    }

    /// What deleting a row does with rows that name it.
    package enum Dependents: String, Codable, CaseIterable, Sendable {
        /// It is refused while there are any.
        case restrict
        /// They go, too.
        case cascade
    }
}

extension ResourceField {
    /// Whether a row may have null there.
    package var allowsNull: Bool { isNullable ?? (!isRequired && defaultValue == nil) }

    /// In characters, where a text has a bound: one with a pattern always has.
    package var textLength: ClosedRange<Int>? {
        length ?? (pattern == nil ? nil : 0...Pattern.textMax)
    }

    /// The longest text that the column takes; nil where it has no bound.
    package var lengthMax: Int? {
        switch type {
        case .text: length?.upperBound
        case .email: 255
        case .url: 2048
        case .enumeration: ResourceField.wordMax
        default: nil
        }
    }

    /// The longest word of an enumeration.
    package static let wordMax = 50
}
