// Coding: JSON to values and back, and what else comes in as text.
//
// Reading is two steps. `TapeParser` checks the text and notes where each value lies; then Codable
// containers over the tape (`Reading`), or `JSONReadable` without Codable, make values out of it.
// `InputReader` puts path, query and body of a request on one tape and reports every bad field at
// once. Writing goes straight into a buffer (`Writing`), by Codable or by `JSONWritable`.
//
// `Schema` says what JSON a type accepts, read off its own `init(from:)`, so that documents cannot
// differ from what is read. Nothing here uses Foundation: it costs start-up time and memory.

import Values

/// Types to JSON and back.
package enum JSONCoder {
    /// Throws `JSONSyntaxError`, or `InvalidInput` with the first bad field.
    package static func decode<Value: Decodable>(
        _ type: Value.Type = Value.self, from bytes: [UInt8], limits: JSONLimits = JSONLimits()
    ) throws -> Value {
        try Tape.parsing(bytes, limits) { try $0.value(0) }
    }

    /// The same without Codable.
    package static func read<Value: JSONReadable>(
        _ type: Value.Type = Value.self, from bytes: [UInt8], limits: JSONLimits = JSONLimits()
    ) throws -> Value {
        try Tape.parsing(bytes, limits) { tape in
            try Value(json: JSONCursor(tape: tape, index: 0).object())
        }
    }

    package static func read<Value: JSONReadable>(
        _ type: [Value].Type, from bytes: [UInt8], limits: JSONLimits = JSONLimits()
    ) throws -> [Value] {
        try Tape.parsing(bytes, limits) { tape in
            try JSONCursor(tape: tape, index: 0).elements()
        }
    }

    /// Goes the fast way for values that are also `JSONWritable`. Throws `JSONEncodingError`, or what
    /// the value throws.
    package static func encode<Value: Encodable>(_ value: Value) throws -> [UInt8] {
        try OutputSink.with { sink in
            try sink.value(value)
            return try sink.bytes()
        }
    }

    /// The same for what a program writes a single time, of many types: to ask each for a faster way would
    /// cost more than it saves.
    package static func encodeOnce<Value: Encodable>(_ value: Value) throws -> [UInt8] {
        try OutputSink.with { sink in
            sink.state.pointee.writers.asks = false
            defer { sink.state.pointee.writers.asks = true }
            try sink.value(value)
            return try sink.bytes()
        }
    }

    package static func write<Value: JSONWritable>(_ value: Value) throws -> [UInt8] {
        try OutputSink.with { sink in
            value.write(to: &sink.state.pointee.output)
            return try sink.bytes()
        }
    }
}
