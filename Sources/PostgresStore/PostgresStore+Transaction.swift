import SQL

extension PostgresStore {
    package func transaction<Output: Sendable>(
        _ body: @escaping @Sendable (any Transaction) async throws -> Output
    ) async throws -> Output {
        guard let set = currentSet else {
            return try await anyLoop.result { () async throws in
                try await self.transaction(body)
            }
        }
        var reruns = 0
        while true {
            let link = try await withUnsafeContinuation { set.pin($0) }.get()
            let transaction = PostgresTransaction(
                on: link, limit: options.transactionTimeout, pool: set.pool)
            do {
                let output = try await body(transaction)
                try await transaction.commit()
                set.unpin(link)
                return output
            } catch {
                await transaction.rollBack()
                set.unpin(link)
                guard transaction.mayRunAgain, reruns < 3 else {
                    throw transaction.outcome(of: error)
                }
                reruns += 1
                try? await set.pause(before: reruns)
            }
        }
    }
}
