extension JSON {
    package init(
        parsing bytes: [UInt8], limits: JSONLimits = JSONLimits()
    ) throws(JSONSyntaxError) {
        do { self = try Tape.parsing(bytes, limits) { $0.json(0) } } catch let error
            as JSONSyntaxError
        {
            throw error
        } catch {
            throw JSONSyntaxError(.unexpected, at: 0)
        }
    }
}

extension JSON {
    /// What a value's JSON says.
    package init(encoding value: some Encodable) throws {
        try self.init(parsing: JSONCoder.encode(value))
    }
}

extension JSON: SchemaValue {
    package static var schema: Schema { .any }
    package static var example: JSON { .null }

    /// Our own decoder does not come here; others are asked what they have.
    package init(from decoder: any Decoder) throws {
        if let tape = TapeDecoder(decoder) {
            self = tape.tape.json(Int(tape.index))
            return
        }
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let boolean = try? value.decode(Bool.self) {
            self = .boolean(boolean)
        } else if let integer = try? value.decode(Int64.self) {
            self = .integer(integer)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let string = try? value.decode(String.self) {
            self = .string(string)
        } else if let list = try? value.decode([JSON].self) {
            self = .list(list)
        } else {
            let members = try value.decode([String: JSON].self)
            self = .object(
                JSONObject(members.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .null: try value.encodeNil()
        case .boolean(let boolean): try value.encode(boolean)
        case .integer(let integer): try value.encode(integer)
        case .number(let number): try value.encode(number)
        case .string(let string): try value.encode(string)
        case .list(let list): try value.encode(list)
        case .object(let object):
            var container = encoder.container(keyedBy: PathKey.self)
            for member in object.members {
                try container.encode(member.value, forKey: PathKey(stringValue: member.name))
            }
        }
    }
}
