extension Guard {
    /// This guard and one demand more, made of whom it has let through.
    package func demanding(
        _ failure: Failure, unless isFulfilled: @escaping @Sendable (Passed, Call) -> Bool
    ) -> Guard {
        Guard(
            schemes: schemes, failures: failures + [failure],
            check: { [check] call in
                let passed = try await check(call)
                guard isFulfilled(passed, call) else { throw failure }
                return passed
            })
    }
}
