import API
import Files
import Identity
import Jobs
import Realtime
import SQL
import Secrets
import Surfaces
import Values

// Studio: effects over live streams (S4).
//
// `Creators`, `BrandKits`, `Sessions` and `Effects` are the rows and their rules. `Functions` are what a
// creator can ask for, a file each: the route and the message of a WebSocket are both made of the
// function. `Topics` is what the pages of a stream hear, and the key by which its overlay does.
//
// Nothing is kept in memory: any node answers anything.

/// The app that shows effects on streams: `/api/effects`, `/api/sessions`, `/api/brand-kit`, and the pages
/// at `/studio/`.
package struct Studio: Sendable {
    package static let name = "studio"

    /// What an operator may choose.
    package struct Options: Sendable {
        /// What whoever comes for the first time is given.
        package var tier = Tier.free
        /// Effects that one creator may trigger in a minute.
        package var triggersPerMinute = 120
        /// How long activations are kept.
        package var keepsActivations: Duration = .days(90)

        package init() {}
    }

    /// What the studio is built on.
    package struct Parts: Sendable {
        package var identity: Identity
        package var limiter: any GuardLimiter
        package var files: Files
        package var topics: TopicLog
        package var signing: SigningSecrets
        package var callers: Callers
        /// Where browsers find the pages.
        package var baseURL: String

        package init(
            identity: Identity, limiter: any GuardLimiter, files: Files, topics: TopicLog,
            signing: SigningSecrets, callers: Callers, baseURL: String
        ) {
            (self.identity, self.limiter) = (identity, limiter)
            (self.files, self.topics) = (files, topics)
            (self.signing, self.callers, self.baseURL) = (signing, callers, baseURL)
        }
    }

    package let creators: Creators
    let options: Options
    let identity: Identity
    let limiter: any GuardLimiter
    let files: Files
    let topics: TopicLog
    let overlayKeys: OverlayKeys
    let gate: Gate
    let baseURL: String

    package init(_ parts: Parts, _ options: Options) {
        self.options = options
        (identity, limiter) = (parts.identity, parts.limiter)
        (files, topics) = (parts.files, parts.topics)
        creators = Creators(identity: parts.identity, firstTier: options.tier)
        overlayKeys = OverlayKeys(parts.signing)
        gate = Gate(callers: parts.callers, creators: creators)
        baseURL = parts.baseURL
    }

    /// An app that is not served keeps what it has.
    package func module(isServed: Bool) -> Module {
        Module(
            Self.name, migrations: Self.migrations, statements: Self.statements,
            parts: isServed ? [part] : [],
            jobs: isServed ? [ActivationRetention.handler(self)] : [],
            recurring: isServed ? [ActivationRetention.schedule] : [])
    }

    /// Answers errors as Tokens does: the same clients call both.
    package var surface: Surface {
        var surface = Surface(name: Self.name, prefix: "", errors: Tokens.errors)
        surface.forbidsCaching = true
        surface.about = """
            Effects over live streams. Each creator sees his own sessions, brand kits and uploads only. \
            Errors are those of the tokens surface; who may not is told `Unauthorized` or `Forbidden` in \
            one plain word, unless `Accept` names JSON. API keys need the scope `studio:read` or \
            `studio:write`.
            """
        return surface
    }

    var database: any Database { identity.database }

    static let statements: [StatementCore] =
        Creator.statements + BrandKit.statements + StreamSession.statements
        + UploadedEffect.statements + Activation.statements
}

extension Scope {
    static let studioRead = Scope(known: "studio:read")
    static let studioWrite = Scope(known: "studio:write")
}
