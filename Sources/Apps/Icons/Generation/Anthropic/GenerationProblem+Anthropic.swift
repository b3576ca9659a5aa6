import Coding
import HTTP
import Outgoing

// What goes wrong between us and the Messages API, in the words of a generator.

extension GenerationProblem {
    /// There was no answer.
    init(_ failure: OutgoingFailure) {
        switch failure.kind {
        case .slow: self = .timedOut
        case .down: self = .down
        case .busy: self = .overloaded(retryAfter: nil)
        case .tooLarge, .malformed: self = .noIcon(.isMalformed)
        case .cancelled: self = .down
        case .refused, .tls, .unavailable: self = .requestRefused(failure.description)
        }
    }

    /// Nil for an answer of success.
    init?(_ answer: OutgoingAnswer) {
        switch answer.status {
        case 200..<300: return nil
        case 401, 403: self = .keyRefused
        case 429: self = .limited(retryAfter: answer.retryAfter)
        case 503, 529: self = .overloaded(retryAfter: answer.retryAfter)
        case 500...: self = .down
        default:
            let words = (try? JSON(parsing: answer.body))?["error"]?["message"]?.asString
            self = .requestRefused("\(answer.status) \(words ?? "")")
        }
    }

    /// An error that comes after the stream has begun, under status 200.
    init(error json: JSON) {
        switch json["error"]?["type"]?.asString {
        case "authentication_error", "permission_error": self = .keyRefused
        case "rate_limit_error": self = .limited(retryAfter: nil)
        case "overloaded_error": self = .overloaded(retryAfter: nil)
        case "invalid_request_error", "not_found_error", "request_too_large", "billing_error":
            self = .requestRefused(json["error"]?["message"]?.asString ?? "")
        default: self = .down
        }
    }
}

extension OutgoingAnswer {
    /// Seconds; a date counts as none.
    fileprivate var retryAfter: Duration? {
        guard let text = fields[.retryAfter], let seconds = Int64(text), seconds >= 0 else {
            return nil
        }
        return .seconds(min(seconds, 86_400))
    }
}
