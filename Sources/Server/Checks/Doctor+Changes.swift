import Bus
import Changes
import SQL
import Values

extension Doctor {
    /// Whether changes get their numbers. Nothing, where their table is yet to come.
    func changes(_ database: any Database) async -> [Finding] {
        let log = ChangeLog(database, InProcessBus())
        guard let state = try? await log.numberingState else { return [] }
        guard let oldest = state.oldestWaiting else {
            return [.ok("changes", "\(state.newest) numbered, none waits")]
        }
        // A server at work numbers within seconds; one that is down leaves them for its next start.
        guard environment.clock.now - oldest > Self.patience else {
            return [.ok("changes", "\(state.newest) numbered, others are about to be")]
        }
        return [
            .warning(
                "changes",
                "those since \(oldest) have no number: nobody hears of them until a server is at "
                    + "work")
        ]
    }

    private static let patience: Duration = .seconds(60)
}
