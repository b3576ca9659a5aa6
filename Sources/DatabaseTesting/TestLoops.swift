import Loop

/// Two loops for the tests of one process, started on first use and never stopped.
package let testLoops: EventLoopGroup = {
    let group = EventLoopGroup(count: 2)
    group.start()
    return group
}()
