import Coding

/// A form in parts that was read: the file is on the disk and waits to be claimed.
package struct Upload: Sendable {
    /// The texts, by the names of their fields.
    package let fields: [String: String]
    package let file: StoredFile

    /// The texts as a type reads them: numbers and truth values are written as text.
    static func read<Value: Decodable>(
        _ type: Value.Type, from fields: [String: String]
    ) throws -> Value {
        let members = fields.sorted { $0.key < $1.key }.map { ($0.key, JSON.string($0.value)) }
        return try InputReader.read(
            type, from: Input(body: .looseTree(.object(JSONObject(members)))))
    }
}
