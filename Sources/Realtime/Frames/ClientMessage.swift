import Coding

/// What a client says in one message: `{"type": "subscribe", "id": 1, …}`.
struct ClientMessage: Hashable, Sendable {
    static let typeBytesMax = 64
    static let idBytesMax = 64
    static let depthMax = 32

    let type: String
    /// Given back with the answer, so that the client knows which it is: a text or a whole number.
    let id: JSON?
    let members: JSONObject

    /// Nil for what is no such object.
    init?(_ bytes: [UInt8]) {
        var limits = JSONLimits(bytes: bytes.count)
        limits.depth = Self.depthMax
        guard let object = (try? JSON(parsing: bytes, limits: limits))?.asObject,
            let type = object["type"]?.asString, type.utf8.count <= Self.typeBytesMax
        else { return nil }
        let id = object["id"]
        guard id.map(Self.isID) ?? true else { return nil }
        (self.type, self.id, members) = (type, id, object)
    }

    private static func isID(_ id: JSON) -> Bool {
        switch id {
        case .integer: true
        case .string(let text): text.utf8.count <= idBytesMax
        default: false
        }
    }

    subscript(_ name: String) -> JSON? { members[name] }
}
