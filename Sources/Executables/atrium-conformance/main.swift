import Foundation

// The server that recorded exchanges of better-auth are played at: see ConformanceServer. For tests
// only; it is in no package and no image.

do {
    let server = try ConformanceServer(ConformanceOptions(Array(CommandLine.arguments.dropFirst())))
    try await server.run()
} catch {
    FileHandle.standardError.write(Data("atrium-conformance: \(error)\n".utf8))
    exit(1)
}
