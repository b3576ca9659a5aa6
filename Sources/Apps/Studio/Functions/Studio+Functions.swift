import API
import Realtime
import Surfaces

// How each function is asked: the routes, and the messages of WebSockets (S4-4 to S4-14).

extension Studio {
    var part: SurfacePart {
        SurfacePart(Self.name, failures: Self.allRows) {
            creatorRoutes
            brandKitRoutes
            sessionRoutes
            effectRoutes
        }
    }

    @Routes private var creatorRoutes: [Route] {
        readCreator.route(.get, "/api/studio/creator", gate)
        updateCreator.route(.patch, "/api/studio/creator", gate)
        renewOverlay.route(.post, "/api/studio/overlay/renew", gate)
    }

    @Routes private var brandKitRoutes: [Route] {
        createBrandKit.route(.post, "/api/brand-kit", gate)
        listBrandKits.route(.get, "/api/brand-kit", gate)
        readBrandKit.route(.get, "/api/brand-kit/:id", gate)
        updateBrandKit.route(.put, "/api/brand-kit/:id", gate)
        deleteBrandKit.route(.delete, "/api/brand-kit/:id", gate)
    }

    @Routes private var sessionRoutes: [Route] {
        listSessions.route(.get, "/api/sessions", gate)
        startSession.route(.post, "/api/sessions/start", gate)
        pauseSession.route(.post, "/api/sessions/pause", gate)
        resumeSession.route(.post, "/api/sessions/resume", gate)
        endSession.route(.post, "/api/sessions/end", gate)
        readSession.route(.get, "/api/sessions/:sessionId/status", gate)
    }

    @Routes private var effectRoutes: [Route] {
        listEffects.route(.get, "/api/effects", gate)
        triggerEffect.route(.post, "/api/effects/trigger", gate)
        uploadEffect.route(.post, "/api/effects/upload", gate)
        deleteEffect.route(.delete, "/api/effects/:id", gate)
    }

    /// S4-13.
    var messages: [TopicMessage] {
        [
            triggerEffect.message("effect.trigger", answering: "activation", gate),
            readSession.message("session.status", answering: "session", gate),
            pauseSession.message("session.pause", answering: "session", gate),
            resumeSession.message("session.resume", answering: "session", gate),
            endSession.message("session.end", answering: "session", gate),
            greetOverlay, beatOverlay,
        ]
    }

    /// Those about a creator, and not about one session of his.
    var creatorMessages: [TopicMessage] {
        [renewOverlay.message("overlay.renew", answering: "creator", gate), findStream]
    }
}
