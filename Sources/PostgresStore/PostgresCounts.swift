/// What a store has done since it was opened, for metrics and tests.
package struct PostgresCounts: Hashable, Sendable {
    package var statements = 0
    /// Round trips: several reads share one.
    package var syncs = 0
    package var prepares = 0
    /// Connections made, the lost ones included.
    package var connections = 0
    package var isUp = false
    package var waiting = 0

    static func + (left: Self, right: Self) -> Self {
        PostgresCounts(
            statements: left.statements + right.statements, syncs: left.syncs + right.syncs,
            prepares: left.prepares + right.prepares,
            connections: left.connections + right.connections, isUp: left.isUp && right.isUp,
            waiting: left.waiting + right.waiting)
    }
}
