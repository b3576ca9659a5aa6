import CCurl
import HTTP
import Synchronization
import Values

/// Asks other servers over HTTP, for what a feature needs of them: few requests, small answers.
///
/// No redirect is followed, no proxy of the environment used, and no address connected to that the
/// settings do not allow. It has a thread of its own, made for the first request.
package final class HTTPClient: Sendable {
    /// What holds for all requests of a client.
    package struct Options: Sendable {
        /// From the first packet to the last of an answer.
        package var timeout: Duration = .seconds(10)
        /// Of an answer's body.
        package var answerBytesMax = 1 << 20
        package var reach = Reach()
        /// A file of certificates to trust instead of the system's.
        package var trustedCertificates: String?
        /// Requests that may be under way, those that wait for a connection included.
        package var requestsMax = 256

        package init() {}
    }

    package let options: Options
    private let engine = LazyEngine(connectionsMax: 32)
    private let running = Atomic(0)

    package init(_ options: Options = Options()) { self.options = options }

    /// Returns the whole answer, whatever its status. Cancelling gives up.
    ///
    /// `piece` is called with the bytes of its body as they come, on a thread of the client's that must
    /// not be held up.
    package func send(
        _ request: OutgoingRequest, piece: (@Sendable ([UInt8]) -> Void)? = nil
    ) async throws(OutgoingFailure) -> OutgoingAnswer {
        guard let isEncrypted = request.isEncrypted else {
            throw OutgoingFailure(.refused, "this is no address for HTTP")
        }
        let before = running.add(1, ordering: .relaxed).oldValue
        defer { running.subtract(1, ordering: .relaxed) }
        guard before < options.requestsMax else {
            throw OutgoingFailure(.busy, "\(before) requests to other servers are under way")
        }
        let end = await engine.ready.run { [options] transfer in
            transfer.prepare(request, options, isEncrypted: isEncrypted)
            transfer.piece = piece
        }
        if let failure = OutgoingFailure(end) { throw failure }
        return OutgoingAnswer(end)
    }

    /// Gives up what is under way.
    package func close() { engine.close() }
}

extension Transfer {
    private static let connectMilliseconds = 5_000

    fileprivate func prepare(
        _ request: OutgoingRequest, _ options: HTTPClient.Options, isEncrypted: Bool
    ) {
        set(CURLOPT_PROTOCOLS_STR, isEncrypted ? "https" : "http")
        set(CURLOPT_URL, request.url)
        set(CURLOPT_USERAGENT, "atrium")
        // No field by which libcurl waits for the server's leave to send a body.
        set(CURLOPT_HTTPHEADER, request.fields.all.map { "\($0.name): \($0.value)" } + ["Expect:"])
        if let body = request.body { post(body) }
        receive(upTo: options.answerBytesMax)
        connect { options.reach.allows($0, isEncrypted: isEncrypted) }
        if let file = options.trustedCertificates { set(CURLOPT_CAINFO, file) }
        let timeout = request.timeout ?? options.timeout
        let milliseconds = max(1, Int(clamping: timeout.microseconds / 1000))
        set(CURLOPT_TIMEOUT_MS, milliseconds)
        set(CURLOPT_CONNECTTIMEOUT_MS, min(milliseconds, Self.connectMilliseconds))
    }
}
