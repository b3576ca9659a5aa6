import Loop

/// Runs `body` `count` times at once, on all loops of the client's server, and returns what each came
/// to.
package func race<Value: Sendable>(
    _ count: Int, _ client: TestClient, _ body: @escaping @Sendable (Int) async -> Value
) async -> [Value] {
    let tasks = (0..<count).map { index in
        client.server.loops.any.spawn { await body(index) }
    }
    var values: [Value] = []
    for task in tasks { values.append(await task.value) }
    return values
}
