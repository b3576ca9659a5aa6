import API
import Identity
import Jobs
import SQL
import SVG
import Surfaces
import Values

// Icons: pictures drawn from a few words, kept with who asked for them.
//
// `Assets` are the rows, `Operations` what clients ask for, `Generation` who draws. What a generator
// gives is untrusted: it becomes a `SafeSVG` or is not kept. Nothing else stands in for an icon that
// could not be drawn.

/// The app that draws icons: `/api/icons`, and the page at `/icons/`.
package struct Icons: Sendable {
    package static let name = "icons"

    /// What an operator may choose.
    package struct Options: Sendable {
        /// Characters of a prompt.
        package var promptMax = 2000
        /// Requests to draw that one user may make.
        package var perMinute = 10
        package var perDay = 200
        /// Bytes of one drawing, of a user's as of a generator's.
        package var svgBytesMax = 64 << 10
        /// How long a deleted icon can be brought back.
        package var keepsDeleted: Duration = .days(30)

        package init() {}
    }

    let identity: Identity
    let options: Options
    let generator: any IconGenerator
    let limiter: any GuardLimiter

    package init(
        _ identity: Identity, _ options: Options, _ generator: any IconGenerator,
        _ limiter: any GuardLimiter
    ) {
        (self.identity, self.options) = (identity, options)
        (self.generator, self.limiter) = (generator, limiter)
    }

    /// An app that is not served keeps what it has.
    package func module(_ surfaces: SurfaceList, isServed: Bool) -> Module {
        Module(
            Self.name, migrations: Self.migrations, statements: Icon.statements,
            parts: isServed ? [part(surfaces.callers)] : [],
            jobs: isServed ? [IconRetention.handler(self)] : [],
            recurring: isServed ? [IconRetention.schedule] : [])
    }

    /// Answers errors as Tokens does: the same clients call both.
    package var surface: Surface {
        var surface = Surface(name: Self.name, prefix: "/api/icons", errors: Tokens.errors)
        surface.forbidsCaching = true
        surface.about = """
            Icons that are drawn from a few words. Each user sees his own only. Errors are those of the \
            tokens surface; API keys need the scope `icons:read` or `icons:write`.
            """
        return surface
    }

    var database: any Database { identity.database }
    var usage: IconUsage { IconUsage(database: database, perDay: options.perDay) }

    var policy: SVGPolicy {
        var policy = SVGPolicy()
        policy.bytesMax = options.svgBytesMax
        return policy
    }

    var rate: GuardLimit { GuardLimit("icons", tries: options.perMinute, per: .minutes(1)) }
}

extension Scope {
    static let iconsRead = Scope(known: "icons:read")
    static let iconsWrite = Scope(known: "icons:write")
}
