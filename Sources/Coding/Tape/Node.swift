import Values

/// One entry of the tape: a value, or the name of a member.
struct Node {
    enum Kind: UInt8 {
        case null, no, yes, number, string
        // Containers come last: `isContainer` is one comparison.
        case list, object
    }

    struct Flags: OptionSet {
        let rawValue: UInt8

        /// A string with escapes.
        static let escaped = Flags(rawValue: 1)
        /// A number without fraction and exponent.
        static let integer = Flags(rawValue: 2)
        /// The bytes lie beside the input: an unescaped name, a text from path, query or form.
        static let aside = Flags(rawValue: 4)
        /// A string beyond ASCII.
        static let wide = Flags(rawValue: 8)
        /// A text that may be read as a number, a boolean or a list of one.
        static let loose = Flags(rawValue: 16)
        /// A member whose name the path has taken.
        static let hidden = Flags(rawValue: 32)
        /// A member that was asked for.
        static let used = Flags(rawValue: 64)
        /// A container whose members or elements were asked for one by one.
        static let opened = Flags(rawValue: 128)
    }

    /// Of a string or number the offset of its first byte; of an object the member expected next.
    var start: UInt32 = 0
    /// Bytes of a string or number, elements of a list, members of an object.
    var length: UInt32 = 0
    /// Of a container the index after its last descendant, of a name its hash.
    var next: UInt32 = 0
    var kind: Kind
    var flags: Flags = []

    @inline(__always) var isContainer: Bool { kind.rawValue >= Kind.list.rawValue }
    @inline(__always) var count: Int { Int(length) }
    @inline(__always) var end: Int { Int(next) }

    /// What the value is, in the words of field errors.
    var received: Invalid.Kind {
        switch kind {
        case .null: .null
        case .no, .yes: .boolean
        case .number: flags.contains(.integer) ? .integer : .number
        case .string: .string
        case .list: .list
        case .object: .object
        }
    }
}
