import Foundation
import Server

// The server that recorded exchanges of better-auth are played at: see ConformanceServer. For tests
// only; it is in no package and no image.

// On the first thread and before there is any other, since threads inherit what they do not hear.
let signals = StopSignals()
do {
    let server = try ConformanceServer(ConformanceOptions(Array(CommandLine.arguments.dropFirst())))
    try await server.run(until: signals)
} catch {
    FileHandle.standardError.write(Data("atrium-conformance: \(error)\n".utf8))
    exit(1)
}
