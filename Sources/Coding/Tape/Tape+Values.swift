import Values

/// Kept, because naming a generic type in generic code is a look-up at run time each time.
private let stringListType: Any.Type = [String].self

extension Tape {
    /// Any type. The known ones are told by comparing metatypes, about a nanosecond each; a cast to
    /// a protocol would cost tens or hundreds.
    @inline(__always)
    func value<Value: Decodable>(_ index: Int) throws -> Value {
        if Value.self == Instant.self { return reinterpret(try instant(index)) }
        if Value.self == JSON.self { return reinterpret(json(index)) }
        if Value.self == stringListType { return reinterpret(try strings(index)) }
        if state.pointee.isCollecting { return try collect(index) }
        do { return try Value(from: decoder(index)) } catch {
            throw located(error, index, Value.self)
        }
    }

    /// The same value under the type it is known to have.
    @inline(__always)
    private func reinterpret<Known, Value>(_ value: Known) -> Value {
        withUnsafePointer(to: value) {
            UnsafeRawPointer($0).assumingMemoryBound(to: Value.self).pointee
        }
    }

    /// What a type's own initializer threw, with the field it was read for.
    @inline(never)
    private func located<Value>(_ error: any Error, _ index: Int, _ type: Value.Type) -> any Error {
        if error is InvalidInput || error is Abandoned { return error }
        do { try record(max(index, 0), problem(of: error, type)) } catch { return error }
        return error
    }

    private func problem<Value>(of error: any Error, _ type: Value.Type) -> Invalid {
        if let problem = error as? Invalid { return problem }
        guard error is DecodingError, let names = caseNames(of: type) else {
            return .rule("invalid")
        }
        return .notOneOf(names)
    }

    /// What a missing or mistaken value of this type would have been.
    @inline(never)
    func expected<Value: Decodable>(_ type: Value.Type) -> Invalid.Kind {
        (try? SchemaReader.read(type).schema.expected) ?? .object
    }

    // MARK: All errors at once

    /// A value for which another stands in when it is bad.
    @inline(never)
    private func collect<Value: Decodable>(_ index: Int) throws -> Value {
        guard index >= 0 else { return try placeholder() }
        let before = state.pointee.errors.count
        do { return try Value(from: decoder(index)) } catch {
            // What failed because of a value that stood in for another was noted already.
            if state.pointee.errors.count == before {
                try record(index, problem(of: error, Value.self))
            }
        }
        return try placeholder()
    }

    /// Something that has the type: its example, its first case, or one whose fields stand in, too.
    @inline(never)
    private func placeholder<Value: Decodable>() throws -> Value {
        if let example = exampleOrFirstCase(of: Value.self) { return example }
        guard state.pointee.phantomDepth < Self.phantomDepthMax else { throw Abandoned() }
        state.pointee.phantomDepth += 1
        defer { state.pointee.phantomDepth -= 1 }
        do { return try Value(from: decoder(Self.phantom)) } catch { throw Abandoned() }
    }

    /// A type may hold itself.
    private static let phantomDepthMax = 16
}

/// Raw values, or else names, of the cases of an enumeration.
func caseNames(of type: Any.Type) -> [String]? {
    func names<Cases: CaseIterable>(_: Cases.Type) -> [String] {
        Cases.allCases.map { value in
            (value as? any RawRepresentable).map { "\($0.rawValue)" } ?? "\(value)"
        }
    }
    return (type as? any CaseIterable.Type).map { names($0) }
}

func exampleOrFirstCase<Value>(of type: Value.Type) -> Value? {
    func first<Cases: CaseIterable>(_: Cases.Type) -> Any? { Cases.allCases.first }
    func example<Known: SchemaValue>(_: Known.Type) -> Any { Known.example }
    if let known = type as? any SchemaValue.Type { return example(known) as? Value }
    return (type as? any CaseIterable.Type).flatMap { first($0) } as? Value
}
