import HTTP

extension Connection {
    /// Makes an answer ready to be sent, which for most is nothing.
    func prepare(_ response: Response, _ exchange: Exchange) async -> Response {
        if response.status.code < 200 { return worker.configuration.refusal(.internalServerError) }
        return response
    }

    /// Writes one piece of a body.
    func write(_ piece: BodyPiece, to writer: ResponseWriter) async throws {
        switch piece {
        case .bytes(let bytes): try await writer.write(bytes)
        case .file: throw WriteError()
        }
    }
}
