import API
import Coding
import DatabaseTesting
import HTTP
import Logs
import Synchronization
import Values

/// A surface in the plainest words: the name of a failure is its code.
enum Plain {
    static func surface(_ name: String = "plain", prefix: String = "/plain") -> Surface {
        Surface(
            name: name, prefix: prefix,
            errors: ErrorShape(
                schema: .object(["code": .string, "message": .string]), body: body,
                invalid: invalid))
    }

    /// A row for each failure of the edge, and for `others`.
    static func rows(_ others: Failure..., on name: String = "plain") -> SurfacePart {
        SurfacePart(
            name,
            failures: (Failure.edge + others).map { failure in
                FailureRow(failure, status(failure), failure.kind.name, "refused") { details in
                    "refused " + details.joined(separator: " ")
                }
            }, routes: {})
    }

    private static func status(_ failure: Failure) -> Status {
        switch failure {
        case .notFound: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .unauthorized: .unauthorized
        case .forbidden: .forbidden
        case .bodyTooLarge: .contentTooLarge
        case .unsupportedMediaType: .unsupportedMediaType
        case .tooManyRequests: .tooManyRequests
        case .busy: .serviceUnavailable
        case .unexpected: .internalServerError
        default: .badRequest
        }
    }

    private static func body(_ answer: ErrorAnswer) -> JSON {
        [
            "code": .string(answer.code ?? ""), "message": .string(answer.message),
            "fields": .list(
                answer.fields.map { .string("\($0.message) \($0.path): \($0.code)") }),
        ]
    }

    private static func invalid(_ input: InvalidInput) -> ErrorAnswer {
        ErrorAnswer(
            .badRequest, "INVALID", "invalid",
            fields: input.fields.map { error in
                .init(path: error.path, code: "\(error.problem)", message: error.source.rawValue)
            })
    }
}

/// An application of one plain surface, with its clock and its log.
struct TestAPI {
    let clock = MovableClock()
    let log = MemorySink()
    let application: Application

    init(
        _ options: Application.Options = Application.Options(),
        surface: Surface = Plain.surface(), failures: [Failure] = [],
        @Routes routes: () -> [Route]
    ) throws {
        let rows = failures.map { FailureRow($0, .conflict, $0.kind.name, "refused") }
        let mount = try Mount(
            [surface],
            [
                Module(
                    "test",
                    parts: [
                        Plain.rows(on: surface.name),
                        SurfacePart(surface.name, failures: rows, routes: routes),
                    ])
            ])
        self.init(mount, options)
    }

    init(_ mount: Mount, _ options: Application.Options = Application.Options()) {
        application = Application(
            mount, options,
            .init(
                clock: clock.clock, randomness: .system,
                logger: Logger(level: .info, format: .json, clock: clock.clock, sink: log),
                metrics: Metrics()))
    }

    func send(
        _ method: Method, _ target: String, _ fields: Fields = [:], body: String = ""
    ) async -> Answer {
        let request = Request(method, target, fields: fields, body: Array(body.utf8))
        return Answer(await application.respond(to: request))
    }

    /// Sends JSON.
    func post(_ target: String, _ body: String) async -> Answer {
        await send(.post, target, [.contentType: "application/json"], body: body)
    }
}

/// A response, read.
struct Answer {
    let response: Response

    init(_ response: Response) { self.response = response }

    var status: Int { Int(response.status.code) }
    subscript(name: FieldName) -> String? { response.fields[name] }

    var text: String {
        if case .bytes(let bytes) = response.body {
            String(decoding: bytes, as: UTF8.self)
        } else {
            ""
        }
    }

    var json: JSON? { try? JSON(parsing: Array(text.utf8)) }
    var code: String? { json?["code"]?.asString }
    var message: String? { json?["message"]?.asString }
    var fieldErrors: [String] { json?["fields"]?.asList?.compactMap(\.asString) ?? [] }
}

/// Keeps lines for tests.
final class MemorySink: LogSink {
    private let kept = Mutex<[String]>([])

    var lines: [String] { kept.withLock { $0 } }
    var objects: [JSON] { lines.compactMap { try? JSON(parsing: Array($0.utf8)) } }

    func write(_ line: [UInt8]) {
        kept.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
    }
}

/// What an operation of these tests answers.
struct Text: Codable, OperationOutput {
    var text: String

    init(_ text: String) { self.text = text }
}
