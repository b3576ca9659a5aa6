import Coding
import HTTP
import Values

/// Turns a request into an operation's input, or says all that is wrong with it.
struct RequestReader<Input: Codable & Sendable>: Sendable {
    let remainder: InputReader.Remainder
    let options: RouteOptions
    /// The input of an operation that takes none.
    private let nothing = NoInput() as? Input

    init(method: Method, path: String, options: RouteOptions) {
        remainder = method == .get || method == .head || method == .delete ? .query : .body
        self.options = options
    }

    /// What can be read without waiting for a body; nil where there may be one.
    func readAtOnce(
        _ call: Call, _ parameters: PathParameters, on mounted: MountedRoute
    ) throws -> Input? {
        guard remainder == .query else { return nil }
        let admit = mounted.surface.admit
        if admit == nil, let nothing, !call.request.head.hasQuery { return nothing }
        var source = Coding.Input(path: parameters.decoded())
        source.query = try query(of: call.request)
        try admit?(call, source)
        return try read(source, JSONLimits(bytes: call.bodyBytesMax), on: mounted.surface)
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
            return try read(source, JSONLimits(bytes: bytesMax), on: surface)
        } catch let error as JSONSyntaxError {
            throw Failure.malformedBody.because(error)
        }
    }

    private func read(
        _ source: Coding.Input, _ limits: JSONLimits, on surface: Surface
    ) throws -> Input {
        let broken = try options.rules.flatMap { try $0.problems(in: source) }
        do {
            let input: Input = try InputReader.read(
                from: source, remainder: remainder, limits: limits)
            if broken.isEmpty { return input }
            throw InvalidInput(fields: broken)
        } catch let error as InvalidInput {
            if remainder == .body, source.body.isAbsent, surface.namesAbsentBody {
                throw InvalidInput(absentBody: ())
            }
            let known = Set(error.fields.map(\.path))
            throw Self.inOrder(error.fields + broken.filter { !known.contains($0.path) })
        }
    }

    /// Field errors as the type declares the fields. The order is looked up only when it is needed.
    private static func inOrder(_ fields: [FieldError]) -> InvalidInput {
        guard let schema = try? SchemaReader.read(Input.self).schema,
            case .object(let properties, _) = schema.kind
        else { return InvalidInput(fields: fields) }
        let positions = Dictionary(
            properties.enumerated().map { ($1.name, $0) }, uniquingKeysWith: min)
        let position = { (field: FieldError) in
            positions[String(field.path.prefix { $0 != "." && $0 != "[" })] ?? properties.count
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
