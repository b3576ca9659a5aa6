import Coding
import Values

/// How an operation's input is read, and what the API's document says of it.
///
/// Of a type it is made by itself. Where members are known at run time only, whoever knows them
/// makes it: then `read` throws `InvalidInput` with all that is wrong, in the order of the members.
package struct InputShape<Input: Sendable>: Sendable {
    /// An object: members that are named in the path, then all others. Asked for when the server
    /// starts, and of types when a field is wrong.
    let schema: @Sendable () throws -> Schema
    package let documentation: @Sendable () throws -> SchemaExample
    package let read: @Sendable (Coding.Input, JSONLimits) throws -> Input

    package init(
        _ documentation: SchemaExample,
        read: @escaping @Sendable (Coding.Input, JSONLimits) throws -> Input
    ) {
        schema = { documentation.schema }
        self.documentation = { documentation }
        self.read = read
    }
}

extension InputShape where Input: Codable {
    init(remainder: InputReader.Remainder) {
        schema = { try SchemaReader.read(Input.self).schema }
        documentation = { try SchemaExample(of: Input.self) }
        read = { try InputReader.read(from: $0, remainder: remainder, limits: $1) }
    }
}
