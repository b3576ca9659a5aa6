import AtriumTesting
import Foundation
import Logs
import Loop
import SQL
import Server
import Synchronization
import Values

/// The servers of the profiles that have been named.
final class Profiles: Sendable {
    /// A profile's server, with a clock that can be moved ahead.
    struct Running: Sendable {
        let server: Server
        let clock: ShiftedClock
        let place: TestPlace
    }

    private let options: ConformanceOptions
    private let loops: EventLoopGroup
    private let running = Mutex<[Profile: Task<Running, any Error>]>([:])

    init(_ options: ConformanceOptions, loops: EventLoopGroup) {
        self.options = options
        self.loops = loops
    }

    /// The server of a profile; the first who asks starts it, the others wait.
    func require(_ profile: Profile) async throws -> Running {
        let task = running.withLock { running in
            if let task = running[profile] { return task }
            let task = loops.any.spawn(throwing: { try await self.start(profile) })
            running[profile] = task
            return task
        }
        return try await task.value
    }

    /// Forgets all that the profile has stored.
    func remove(_ profile: Profile) async {
        guard let task = running.withLock({ $0.removeValue(forKey: profile) }) else { return }
        guard let running = try? await task.value else { return }
        await running.server.close()
        running.place.remove()
    }

    func removeAll() async {
        for profile in running.withLock({ Array($0.keys) }) { await remove(profile) }
    }

    private func start(_ profile: Profile) async throws -> Running {
        let place = try TestPlace(on: options.engine)
        do {
            var settings = try place.settings()
            try profile.configure(&settings, options)
            let clock = ShiftedClock()
            let logger = Logger(
                level: .warn, format: .text, clock: clock.clock, sink: StandardError())
            let server = try await Server.open(
                settings, Ambient(clock: clock.clock, randomness: .system, logger: logger),
                loops: loops)
            return Running(server: server, clock: clock, place: place)
        } catch {
            place.remove()
            throw error
        }
    }
}

/// The machine's clock, moved ahead.
final class ShiftedClock: Sendable {
    private let microseconds = Atomic<Int64>(0)

    var clock: Clock {
        Clock { Clock.system.now + .microseconds(self.microseconds.load(ordering: .relaxed)) }
    }

    /// Returns by how much it is ahead in all.
    func advance(by duration: Duration) -> Duration {
        .microseconds(
            microseconds.add(duration.microseconds, ordering: .relaxed).newValue)
    }
}

private struct StandardError: LogSink {
    func write(_ line: [UInt8]) { FileHandle.standardError.write(Data(line)) }
}
