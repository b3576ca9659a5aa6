import Identity
import SQL
import Values

/// How many icons each user had drawn on each day. A day is one of UTC, and its row is named by its
/// first moment.
///
/// A place is taken before the generator is asked, by one statement, so that requests at once cannot
/// take more than there are; it is given back when no icon came of it. Whoever leaves while he waits
/// has used his place, because the model was at work for him.
struct IconUsage: Sendable {
    let database: any Database
    let perDay: Int

    /// A place that was taken.
    struct Place: Sendable {
        let user: ID<User>
        let day: Instant
    }

    /// Nil where none is left today.
    func take(for user: ID<User>, at now: Instant) async throws(DatabaseError) -> Place? {
        let day = now.startOfDay
        guard try await database.first(Self.take, user, day, perDay) != nil else { return nil }
        return Place(user: user, day: day)
    }

    func giveBack(_ place: Place) async throws(DatabaseError) {
        try await database.execute(Self.giveBack, place.user, place.day)
    }

    func left(for user: ID<User>, at now: Instant) async throws(DatabaseError) -> Int {
        let taken = try await database.first(Self.find, user, now.startOfDay)?.value ?? 0
        return max(0, perDay - taken)
    }
}

extension IconUsage {
    static let take = Statement(
        .write,
        """
        INSERT INTO icon_usage (user_id, day, count) VALUES ($1, $2, 1)
        ON CONFLICT (user_id, day) DO UPDATE SET count = icon_usage.count + 1
            WHERE icon_usage.count < $3
        RETURNING count
        """, binds: ID<User>.self, Instant.self, Int.self, returns: Single<Int>.self)

    static let giveBack = Statement(
        .write,
        """
        UPDATE icon_usage SET count = count - 1 WHERE user_id = $1 AND day = $2 AND count > 0
        """, binds: ID<User>.self, Instant.self)

    static let find = Statement(
        .point, "SELECT count FROM icon_usage WHERE user_id = $1 AND day = $2",
        binds: ID<User>.self, Instant.self, returns: Single<Int>.self)

    static let deleteOld = Statement(
        .write, "DELETE FROM icon_usage WHERE day < $1", binds: Instant.self)

    static let statements: [StatementCore] = [
        take.core, giveBack.core, find.core, deleteOld.core,
    ]
}

extension Instant {
    /// The first moment of its day in UTC.
    var startOfDay: Instant {
        let length = Duration.days(1).microseconds
        let rest = microseconds % length
        return Instant(microseconds: microseconds - (rest < 0 ? rest + length : rest))
    }

    var endOfDay: Instant { startOfDay + .days(1) }
}
