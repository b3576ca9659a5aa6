import HTTP
import Loop

/// A response whose files are open.
struct PreparedResponse {
    var response: Response
    var files: [OpenFile] = []
}

extension Connection {
    /// Makes an answer ready to be sent, which for most is nothing: compresses it, opens its files
    /// while their absence can still be told.
    func prepare(_ response: Response, _ exchange: Exchange) async -> PreparedResponse {
        switch response.body {
        case .bytes(let bytes) where bytes.count >= ResponseCompression.minimumBytes:
            return PreparedResponse(response: await compressed(response, exchange.head))
        case .pieces(let pieces) where exchange.head.method != .head:
            return await opened(response, pieces)
        default:
            if response.status.code >= 200 { return PreparedResponse(response: response) }
            return PreparedResponse(response: worker.configuration.refusal(.internalServerError))
        }
    }

    private func compressed(_ response: Response, _ head: RequestHead) async -> Response {
        var response = response
        guard worker.configuration.compresses,
            let coding = ResponseCompression.coding(for: head, &response)
        else { return response }
        if response.body.length ?? 0 <= ResponseCompression.inlineBytes {
            return ResponseCompression.coded(response, coding)
        }
        let plain = response
        let coded = try? await worker.shared.pool.run {
            ResponseCompression.coded(plain, coding)
        }
        return coded ?? plain
    }

    private func opened(_ response: Response, _ pieces: [BodyPiece]) async -> PreparedResponse {
        let paths = pieces.compactMap { piece in
            if case .file(let file) = piece { file.path } else { nil }
        }
        if paths.isEmpty { return PreparedResponse(response: response) }
        do {
            switch try await worker.shared.pool.run({ Self.open(paths) }) {
            case .success(let files): return PreparedResponse(response: response, files: files)
            case .failure(let missing):
                worker.configuration.missingFile(missing.path)
                return PreparedResponse(response: worker.configuration.refusal(.notFound))
            }
        } catch {
            return PreparedResponse(response: worker.configuration.refusal(.serviceUnavailable))
        }
    }

    /// The files of one body are most often one file.
    private static func open(_ paths: [String]) -> Result<[OpenFile], MissingFile> {
        var opened: [String: OpenFile] = [:]
        var files: [OpenFile] = []
        for path in paths {
            guard let file = opened[path] ?? OpenFile(path) else {
                return .failure(MissingFile(path: path))
            }
            opened[path] = file
            files.append(file)
        }
        return .success(files)
    }

    private struct MissingFile: Error {
        let path: String
    }

    /// How much of a file is read at once.
    private static let fileChunk = 128 * 1024

    /// Writes pieces one after the other, the files in chunks that are read on the pool.
    func write(
        _ pieces: [BodyPiece], _ files: [OpenFile], to writer: ResponseWriter
    ) async throws {
        var next = 0
        for piece in pieces {
            switch piece {
            case .bytes(let bytes): try await writer.write(bytes)
            case .file(let body):
                try await write(body, from: files[next], to: writer)
                next += 1
            }
        }
    }

    private func write(
        _ body: FileBody, from file: OpenFile, to writer: ResponseWriter
    ) async throws {
        var offset = body.offset
        let end = body.offset + body.length
        while offset < end {
            let (start, count) = (offset, min(Self.fileChunk, end - offset))
            let bytes = try await worker.shared.pool.run { file.read(at: start, count: count) }
            // A file that has become shorter cannot be what was announced.
            guard let bytes, bytes.count == count else { throw WriteError() }
            try await writer.write(bytes)
            offset += count
        }
    }
}
