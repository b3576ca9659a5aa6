import API
import Coding
import HTTP
import Identity
import Realtime
import Surfaces
import Values

/// One thing that a creator can ask for: what goes in, who may, how it fails, and what is done.
///
/// It knows nothing of how it is asked. A route and a message of a WebSocket are made of it, which check
/// the same input, ask the same guards and answer the same.
struct Function<Input: Codable & Sendable, Output: OperationOutput>: Sendable {
    typealias Run = @Sendable (Input, Creator, Occasion) async throws -> Output

    /// A verb phrase: the operation's id.
    let name: String
    let summary: String
    var about: String?
    let scope: Scope
    /// The least that one must have subscribed to.
    var tier = Studio.Tier.free
    var failures: [Failure] = []
    /// Of a function that reads the body by itself.
    var form: FormDocumentation?
    let run: Run
}

extension Function {
    func route(_ method: Method, _ path: String, _ gate: Gate) -> Operation<Input, Output> {
        var options = form.map { RouteOptions.form($0) } ?? RouteOptions()
        options.refusesInPlainText = true
        return Operation(
            name, method, path, summary, about: about, failures: failures, options: options,
            guard: gate.creators(with: scope, tier)
        ) { [run] input, creator, call in
            try await run(input, creator, Occasion(call))
        }
    }
}

extension Function where Output: Codable {
    /// The same as a message, which is answered with `member`: the output.
    func message(_ type: String, answering member: String, _ gate: Gate) -> TopicMessage {
        TopicMessage(type) { [run, scope, tier] call in
            let creator = try await gate.admit(call.caller, with: scope, tier, at: call.now)
            let output = try await run(try call.input(), creator, Occasion(at: call.now))
            return [member: try JSON(encoding: output)]
        }
    }
}

extension TopicCall {
    /// What the message brings, checked as a request's body is.
    func input<Input: Decodable>() throws -> Input {
        try InputReader.read(from: Coding.Input(body: .tree(.object(members))))
    }
}

/// What a function knows of the request or the message that it answers.
struct Occasion: Sendable {
    let now: Instant
    private let call: Call?

    init(_ call: Call) { (now, self.call) = (call.now, call) }

    init(at now: Instant) { (self.now, call) = (now, nil) }

    /// Only a request says which state of a thing it means.
    var request: Request? { call?.request }

    /// For what comes with a request and never with a message.
    func requireCall() throws -> Call {
        guard let call else { throw Failure.unexpected }
        return call
    }

    /// Throws where the creator is over a limit; an answer says where he stands.
    func apply(_ state: LimitState) throws {
        if let call { return try call.apply(state) }
        if state.isOver { throw Failure.tooManyRequests.retry(after: state.resetsAfter) }
    }
}
