extension Guard {
    /// This guard and one demand more, made of whom it has let through.
    package func demanding(
        _ failure: Failure, unless isFulfilled: @escaping @Sendable (Passed, Call) -> Bool
    ) -> Guard {
        finding([failure]) { passed, call in
            guard isFulfilled(passed, call) else { throw failure }
            return passed
        }
    }

    /// This guard, and what is found out about whom it has let through. `failures` are those of `find`.
    package func finding<Found: Sendable>(
        _ failures: [Failure] = [],
        _ find: @escaping @Sendable (Passed, Call) async throws -> Found
    ) -> Guard<Found> {
        Guard<Found>(
            schemes: schemes,
            failures: self.failures + failures.filter { !self.failures.contains($0) },
            check: { [check] call in try await find(try await check(call), call) })
    }
}
