import API
import Coding
import HTTP
import Outgoing
import Secrets
import Values

/// Asks providers, and says whose fault it is when that comes to nothing.
struct ProviderCaller: Sendable {
    let client: HTTPClient

    /// A document of JSON.
    func get(_ url: String, bearer: Secret<String>? = nil) async throws -> JSON {
        var request = OutgoingRequest(url)
        if let bearer { request.fields[.authorization] = "Bearer " + bearer.exposed }
        let answer = try await send(request)
        guard answer.status == 200 else { throw Self.failure(of: answer, "asked for \(url)") }
        return try Self.json(answer, "asked for \(url)")
    }

    /// The answer to a form, whatever its status but for those that say that nobody is there.
    func post(
        _ url: String, _ form: [FormURLEncoded.Field], authorization: Secret<String>?
    ) async throws -> JSON {
        var request = OutgoingRequest(url)
        request.fields[.contentType] = "application/x-www-form-urlencoded"
        if let authorization { request.fields[.authorization] = authorization.exposed }
        request.body = Array(FormURLEncoded.encode(form).utf8)
        let answer = try await send(request)
        guard answer.status == 200 || (400..<500).contains(answer.status) else {
            throw Self.failure(of: answer, "sent to \(url)")
        }
        return try Self.json(answer, "sent to \(url)")
    }

    private func send(_ request: OutgoingRequest) async throws -> OutgoingAnswer {
        var request = request
        request.fields[.accept] = "application/json"
        do throws(OutgoingFailure) {
            return try await client.send(request)
        } catch {
            throw Failure(error)
        }
    }

    private static func failure(of answer: OutgoingAnswer, _ what: String) -> Failure {
        let problem = ProviderProblem("\(what), it answers \(answer.status)")
        return (answer.status >= 500 ? Failure.providerDown : .providerFaulty).because(problem)
    }

    private static func json(_ answer: OutgoingAnswer, _ what: String) throws -> JSON {
        do {
            var limits = JSONLimits(bytes: answer.body.count)
            limits.depth = 32
            return try JSON(parsing: answer.body, limits: limits)
        } catch {
            throw Failure.providerFaulty.because(
                ProviderProblem("\(what), it answers \(answer.status) and no JSON"))
        }
    }
}

extension Failure {
    fileprivate init(_ failure: OutgoingFailure) {
        switch failure.kind {
        case .slow: self = .providerSlow
        case .down, .tls, .cancelled: self = .providerDown
        case .busy: self = Failure.providerDown.retry(after: .seconds(1))
        case .refused, .tooLarge, .malformed, .unavailable: self = .providerFaulty
        }
        underlying = failure
    }
}
