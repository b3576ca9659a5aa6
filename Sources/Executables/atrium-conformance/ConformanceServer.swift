import AtriumTesting
import Coding
import Foundation
import HTTP
import HTTPServer
import Loop
import SQL
import Server

/// Serves several configurations of one program on one port, for `replay.py`.
///
/// The header `x-test-profile` chooses among them; each has an empty database of its own, made when
/// it is first named. `/__test/` holds what the recordings need beside the product. What is not
/// built yet is answered honestly: 501 for a profile, 404 for a hook.
final class ConformanceServer: Sendable {
    private let options: ConformanceOptions
    private let loops = EventLoopGroup()
    private let profiles: Profiles

    init(_ options: ConformanceOptions) {
        self.options = options
        profiles = Profiles(options, loops: loops)
    }

    /// The whole life of the process: returns its exit status.
    static func main(_ words: [String]) -> Int32 {
        MainThread().run {
            do {
                try await ConformanceServer(ConformanceOptions(words)).run()
                return 0
            } catch {
                FileHandle.standardError.write(Data("atrium-conformance: \(error)\n".utf8))
                return 1
            }
        }
    }

    /// Serves until it is asked to end.
    private func run() async throws {
        let signals = StopSignals()
        loops.start()
        var configuration = ServerConfiguration(addresses: [options.address])
        // Recordings name their client's address in `X-Forwarded-For`.
        configuration.trustedProxies = TrustedProxies(
            ["127.0.0.1", "::1"].compactMap(IPNetwork.init))
        let http = HTTPServer(configuration, group: loops) { [self] request in
            await respond(to: request)
        }
        try http.start()
        FileHandle.standardError.write(
            Data("listening on \(http.addresses[0]), \(options.engine)\n".utf8))
        await signals.wait()
        await http.drain(within: .seconds(1))
        await profiles.removeAll()
    }

    private func respond(to request: Request) async -> Response {
        if request.path == "/__test/health" { return .json([UInt8](#"{"ok":true}"#.utf8)) }
        // The reference serves nothing else.
        guard request.path.hasPrefix("/api/auth/") || request.path.hasPrefix("/__test/") else {
            return Response(.notFound)
        }
        let name = request[FieldName("x-test-profile")] ?? Profile.standard
        guard let profile = Profile(name) else {
            return .text("there is no profile \(name) yet\n", status: .notImplemented)
        }
        do {
            if request.path.hasPrefix("/__test/") {
                return try await TestHooks(profiles: profiles, profile: profile).respond(
                    to: request)
            }
            return try await profiles.require(profile).server.respond(to: request)
        } catch {
            return .text("\(error)\n", status: .internalServerError)
        }
    }
}
