import Coding
import HTTP
import Synchronization
import Values

/// Turns a request into an operation's input, or says all that is wrong with it.
final class RequestReader<Input: Sendable>: Sendable {
    let remainder: InputReader.Remainder
    let options: RouteOptions
    private let shape: InputShape<Input>
    private let none: EmptyQuery<Input>

    init(_ shape: InputShape<Input>, method: Method, options: RouteOptions) {
        remainder = method.remainder
        self.options = options
        self.shape = shape
        none = EmptyQuery(shape)
    }

    /// Whether nothing has to be waited for: there is no body to read.
    var isImmediate: Bool { remainder == .query }

    /// Reads path and query, where `isImmediate`.
    func readAtOnce(
        _ call: Call, _ parameters: PathParameters, on mounted: MountedRoute
    ) throws -> Input {
        if parameters.isEmpty, options.rules.isEmpty, !call.request.head.hasQuery, none.isRead {
            try mounted.surface.admit?(call, Coding.Input())
            return none.value
        }
        var source = Coding.Input(path: parameters.decoded())
        source.query = try query(of: call.request)
        try mounted.surface.admit?(call, source)
        return try read(source, JSONLimits(bytes: call.bodyBytesMax), on: mounted.surface)
    }

    /// Refuses a body of a type that is not taken, where the surface says so before all else.
    func checkType(_ request: Request, on surface: Surface) throws {
        guard surface.checksTypeFirst, !isImmediate, let type = request[.contentType] else {
            return
        }
        _ = try mediaType(type)
    }

    func read(
        _ call: Call, _ parameters: PathParameters, on mounted: MountedRoute
    ) async throws -> Input {
        let surface = mounted.surface
        let bytesMax = options.bodyBytesMax ?? call.bodyBytesMax
        var source = Coding.Input(path: parameters.decoded())
        source.body = try await body(of: call.request, bytesMax, on: surface)
        do {
            try surface.admit?(call, source)
            let extras = try options.extras?.read(source.body)
            let input = try read(
                source, JSONLimits(bytes: bytesMax), on: surface, extras?.problems ?? [])
            if let refusal = extras?.refusal { throw refusal }
            if let extras { call.note(extraMembers: extras.object) }
            return input
        } catch let error as JSONSyntaxError {
            throw Failure.malformedBody.because(error)
        }
    }

    private func read(
        _ source: Coding.Input, _ limits: JSONLimits, on surface: Surface,
        _ problems: [FieldError] = []
    ) throws -> Input {
        let broken = try options.rules.flatMap { try $0.problems(in: source) } + problems
        do {
            let input = try shape.read(source, limits)
            if broken.isEmpty { return input }
            throw InvalidInput(fields: broken)
        } catch let error as InvalidInput {
            if remainder == .body, source.body.isAbsent, surface.namesAbsentBody {
                throw InvalidInput(absentBody: ())
            }
            let known = Set(error.fields.map(\.path))
            throw inOrder(error.fields + broken.filter { !known.contains($0.path) })
        }
    }

    /// Field errors as the shape has the fields. The order is looked up only when it is needed.
    private func inOrder(_ fields: [FieldError]) -> InvalidInput {
        guard let schema = try? shape.schema(),
            case .object(let properties, _) = schema.kind
        else { return InvalidInput(fields: fields) }
        let positions = Dictionary(
            properties.enumerated().map { ($1.name, $0) }, uniquingKeysWith: min)
        let position = { (field: FieldError) in
            let name = field.path.prefix { $0 != "." && $0 != "[" }
            // A body that has what only the path may say has a member that nobody knows.
            if field.problem == .unknown, name.count == field.path.count { return properties.count }
            return positions[String(name)] ?? properties.count
        }
        return InvalidInput(
            fields: fields.enumerated()
                .sorted { (position($0.element), $0.offset) < (position($1.element), $1.offset) }
                .map(\.element))
    }

    private func query(of request: Request) throws -> [(name: String, text: String)] {
        guard let query = request.query else { return [] }
        do {
            return try FormURLEncoded.decode(query: query)
        } catch {
            throw Failure.malformedBody.because(error)
        }
    }

    private func body(
        of request: Request, _ bytesMax: Int, on surface: Surface
    ) async throws -> Coding.Input.Body {
        let type = request[.contentType]
        if type == nil, surface.ignoresBodyWithoutType { return .none }
        if options.form != nil {
            _ = try mediaType(type ?? "")
            return .none
        }
        let bytes: [UInt8]
        do {
            bytes = try await request.body.collect(upTo: bytesMax)
        } catch {
            throw Failure(error)
        }
        guard !bytes.isEmpty || type != nil else { return .none }
        switch try mediaType(type) {
        case .json: return bytes.isEmpty ? .none : .json(bytes)
        case .form: return .form(bytes)
        case .multipart: return .none
        }
    }

    private func mediaType(_ text: String?) throws -> BodyType {
        guard let text else { return .json }
        let essence = MediaType(text)?.essence
        guard let type = options.accepts.first(where: { $0.rawValue == essence }) else {
            throw Failure.unsupportedMediaType.about(
                [essence ?? text] + options.accepts.map(\.rawValue))
        }
        return type
    }
}

extension Coding.Input.Body {
    var isAbsent: Bool {
        if case .none = self { true } else { false }
    }
}

extension InvalidInput {
    fileprivate init(absentBody: Void) {
        self.init(fields: [FieldError(path: "", problem: .missing(expected: .object))])
    }
}

extension Failure {
    init(_ error: BodyError) {
        self =
            switch error {
            case .tooLarge: .bodyTooLarge
            case .malformed, .disconnected, .cancelled, .alreadyRead: .malformedBody
            }
        underlying = error
    }
}

/// What an operation reads from an empty query, which most are: read once.
// Safe because the list is written once, under the lock, before `state` says that it is there.
private final class EmptyQuery<Input: Sendable>: @unchecked Sendable {
    private static var unread: Int { 0 }
    private static var isThere: Int { 1 }
    private static var isRefused: Int { 2 }

    private let state = Atomic(0)
    private let lock = Mutex(())
    /// One at most. A list and not an optional, whose type would be made out at each use.
    private var inputs: [Input] = []
    private let shape: InputShape<Input>

    init(_ shape: InputShape<Input>) {
        self.shape = shape
    }

    /// False where a field is required.
    var isRead: Bool {
        switch state.load(ordering: .acquiring) {
        case Self.isThere: true
        case Self.isRefused: false
        default: read()
        }
    }

    /// Only where `isRead`.
    var value: Input { inputs[0] }

    private func read() -> Bool {
        lock.withLock { _ in
            guard state.load(ordering: .relaxed) == Self.unread else {
                return state.load(ordering: .relaxed) == Self.isThere
            }
            let input = try? shape.read(Coding.Input(), JSONLimits())
            if let input { inputs = [input] }
            state.store(input == nil ? Self.isRefused : Self.isThere, ordering: .releasing)
            return input != nil
        }
    }
}
