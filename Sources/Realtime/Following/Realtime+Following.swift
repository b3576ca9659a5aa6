import API
import Bus
import Coding
import HTTP
import Identity
import Logs
import Loop
import Resources
import SQL
import Surfaces
import Values

extension Realtime {
    /// A topic that somebody may listen to, and what leads him there.
    struct Admission: Sendable {
        let feed: any EventFeed
        let rules: RuleCaller
    }

    /// A listener was told that he will hear of a topic, and then could not be led there: he has to come
    /// again and resume.
    struct BrokenOff: Error {
        let error: any Error
    }

    /// Throws a failure for who may not. Whether a row is there is not asked: its topic is quiet then.
    func admit(
        _ caller: RealtimeCaller, to topic: Topic, key: TopicKey?
    ) async throws -> Admission {
        switch topic.source {
        case .resource(let name, _):
            guard let watch = changes.watches[name] else { throw Failure.topicNotFound }
            guard caller.principal != nil || watch.admitsStrangers else {
                throw Failure.unauthorized
            }
            try caller.require(watch.scope)
            return Admission(feed: changes, rules: try await watch.caller(caller.principal))
        case .app(let name, let word):
            let visitor = TopicVisitor(principal: caller.principal, key: key)
            try await families.require(name).require(.listen, word, visitor, at: clock.now)
            return Admission(feed: messages, rules: RuleCaller(caller.principal))
        }
    }

    /// Leads a listener to a topic, and tells him first from where on: `acknowledge` says the number.
    func subscribe(
        _ listener: Listener, to topic: Topic, since: Int64?, key: TopicKey?,
        _ acknowledge: (Int64) async throws -> Void
    ) async throws {
        let admission = try await admit(listener.caller, to: topic, key: key)
        let start: Int64 =
            if let since { since } else { try await admission.feed.newest(of: topic) }
        try await acknowledge(start)
        do {
            try await admission.feed.follow(topic, listener, admission.rules, after: start)
            // A key may have been taken back between its being looked at and this place, when nobody
            // could tell.
            if key != nil { try await review(listener, topic) }
        } catch let error as WriteError {
            throw error
        } catch {
            throw BrokenOff(error: error)
        }
        guard listener.topics.contains(topic) else { return }
        await presence.enter(topic, listener, families)
    }

    func unsubscribe(_ listener: Listener, from topic: Topic) async {
        feed(of: topic).leave(topic, listener)
        await presence.leave(topic, listener)
    }

    private func feed(of topic: Topic) -> any EventFeed {
        if case .resource = topic.source { changes } else { messages }
    }

    /// Looks anew at what a listener may hear. What he may not any more he is told of.
    func review(_ listener: Listener, onlyWhereAppIsAsked: Bool = false) async throws {
        for topic in listener.topics {
            if onlyWhereAppIsAsked, case .resource(let name, _) = topic.source,
                changes.watches[name]?.asksApp != true
            {
                continue
            }
            try await review(listener, topic)
        }
    }

    private func review(_ listener: Listener, _ topic: Topic) async throws {
        do {
            let key = listener.key(of: topic)
            let rules = try await admit(listener.caller, to: topic, key: key).rules
            if case .resource = topic.source { changes.reseat(topic, listener, rules) }
        } catch let failure as Failure where failure != .busy {
            listener.leave(topic)
            await unsubscribe(listener, from: topic)
            let error = error(for: failure)
            listener.sink.mention(.left(topic, RealtimeError(error.code, error.message)))
        }
    }

    /// Asks anew about the listeners of a topic when an app says so, on whichever node.
    func hearReviews(on loop: EventLoop) async throws -> BusSubscription {
        try await topics.bus.subscribe(TopicLog.reviewTopic) { [weak self] event in
            guard let self else { return }
            switch event {
            case .message(let name):
                guard let topic = Topic(name) else { return }
                loop.spawn { await self.reviewListeners(of: topic) }
            case .gap: loop.spawn { await self.check() }
            }
        }
    }

    /// What cannot be looked up now is looked up by the next check.
    private func reviewListeners(of topic: Topic) async {
        for seat in messages.seats(at: topic) {
            do { try await review(seat.listener, topic) } catch {
                logger.warn("listeners could not be reviewed", ["error": LogValue(error)])
            }
        }
    }

    /// The connection is gone, or was refused.
    func leave(_ listener: Listener) async {
        listeners.remove(listener)
        for topic in listener.topics { await unsubscribe(listener, from: topic) }
    }

    // MARK: Errors

    /// What a client is told of something that failed.
    func error(for error: any Error) -> RealtimeError {
        if let input = error as? InvalidInput { return RealtimeError(V1.errors.invalid(input)) }
        let failure: Failure? =
            switch error {
            case let failure as Failure: failure
            case let error as DatabaseError where error.isTemporary: .busy
            default: nil
            }
        if let failure, let words = errors.error(failure) { return words }
        if !(error is CancellationError) {
            logger.error(
                "a realtime message failed", ["error": .string(String(reflecting: error))])
        }
        return RealtimeErrors.unexpected
    }
}
