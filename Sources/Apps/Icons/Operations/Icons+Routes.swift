import API
import Coding
import HTTP
import Identity
import Surfaces
import Values

// S0-9, S1-8, S1-9.

extension Icons {
    func part(_ callers: Callers) -> SurfacePart {
        SurfacePart(Self.name, failures: Self.allRows) {
            drawingRoutes(callers)
            readingRoutes(callers)
            changingRoutes(callers)
        }
    }

    static let surfaceErrors = Tokens.errors

    @Routes private func drawingRoutes(_ callers: Callers) -> [Route] {
        Operation(
            "generate", .post, "", "Have an icon drawn.",
            about: """
                Answers when the icon is there. With `Accept: text/event-stream` the answer is a stream \
                of events: `progress` with a `stage` (`asked`, `waiting`, `receiving`, `drawn`), then \
                `icon` with the icon, or `problem` with an error and its `status`. What is wrong with the \
                request is answered before that, without a stream. Whoever leaves cancels the work.
                """, failures: Self.drawingFailures, options: drawingOptions,
            guard: callers.anyone(scope: .iconsWrite)
        ) { (wish: Wish, principal, call) in
            let user = try principal.requireUser().id
            let brief = try wish.brief(policy)
            let generation = GenerateIcon(icons: self)
            let place = try await generation.admit(user, call)
            guard DrawnIcon.isStreamed(call.request) else {
                return DrawnIcon(try await generation.draw(brief, place, call))
            }
            return DrawnIcon(to: call) { progress in
                try await generation.draw(brief, place, call, progress: progress)
            }
        }
        Operation(
            "readGenerator", .get, "/generator", "Who draws, and what is left of today.",
            failures: [.forbidden], guard: callers.anyone(scope: .iconsRead)
        ) { (_: NoInput, principal, call) in
            let user = try principal.requireUser().id
            return GeneratorBody(
                self, leftToday: try await usage.left(for: user, at: call.now))
        }
    }

    @Routes private func readingRoutes(_ callers: Callers) -> [Route] {
        Operation(
            "list", .get, "", "The caller's icons, newest first.", failures: [.forbidden],
            guard: callers.anyone(scope: .iconsRead)
        ) { (page: Page, principal, _) in
            try await list(page, of: try principal.requireUser().id)
        }
        Operation(
            "read", .get, "/:id", "One icon.", failures: [.forbidden, .notFound],
            guard: callers.anyone(scope: .iconsRead)
        ) { (input: Reference, principal, call) in
            let icon = try await find(input.id, of: try principal.requireUser().id)
            return icon.read(by: call.request)
        }
        Operation(
            "readSVG", .get, "/:id/svg", "One icon as a file.",
            about: "The chosen variant, or another of the icon's by its id.",
            failures: [.forbidden, .notFound], guard: callers.anyone(scope: .iconsRead)
        ) { (input: PictureReference, principal, call) in
            let icon = try await find(input.id, of: try principal.requireUser().id)
            guard let variant = icon.variant(input.variant) else { throw Failure.notFound }
            return IconPicture(variant, of: icon, to: call.request)
        }
    }

    @Routes private func changingRoutes(_ callers: Callers) -> [Route] {
        Operation(
            "update", .patch, "/:id", "Change what an icon is called, or which variant it is.",
            about: "What is left out stays as it is.",
            failures: [.forbidden, .notFound, .iconHasChanged], options: promptOptions,
            guard: callers.anyone(scope: .iconsWrite)
        ) { (change: Change, principal, call) in
            try await update(change, of: try principal.requireUser().id, call).changed
        }
        Operation(
            "delete", .delete, "/:id", "Delete an icon.",
            about: "It can be brought back for some weeks.",
            failures: [.forbidden, .notFound, .iconHasChanged],
            guard: callers.anyone(scope: .iconsWrite)
        ) { (input: Reference, principal, call) in
            try await delete(input.id, of: try principal.requireUser().id, call)
            return TaggedDeletion()
        }
        Operation(
            "restore", .post, "/:id/restore", "Bring back an icon that was deleted.",
            failures: [.forbidden, .notFound], guard: callers.anyone(scope: .iconsWrite)
        ) { (input: Reference, principal, call) in
            try await restore(input.id, of: try principal.requireUser().id, call).tagged
        }
        Operation(
            "clear", .delete, "", "Delete all of the caller's icons.",
            about: "For some weeks, all can be brought back together, or each by its id.",
            failures: [.forbidden], guard: callers.anyone(scope: .iconsWrite)
        ) { (_: NoInput, principal, call) in
            try await clear(of: try principal.requireUser().id, call)
        }
        Operation(
            "restoreCleared", .post, "/restore", "Bring back the icons that were deleted together.",
            failures: [.forbidden], guard: callers.anyone(scope: .iconsWrite)
        ) { (input: ClearedMoment, principal, call) in
            try await restore(input, of: try principal.requireUser().id, call)
        }
    }

    // MARK: Inputs

    /// Which part of the list is wanted.
    struct Page: Codable, Sendable {
        let limit: PageSize?
        let offset: PageOffset?
        /// Only icons whose prompt has this.
        let search: SearchWords?

        static let standard = 20
    }

    struct Reference: Codable, Sendable {
        let id: ID<Icon>
    }

    struct ClearedMoment: Codable, Sendable, Explained {
        let deletedAt: Instant

        static let words: [String: MemberWords] = [
            "deletedAt": "The moment that the deletion of all was answered with."
        ]
    }

    struct PictureReference: Codable, Sendable {
        let id: ID<Icon>
        let variant: ID<IconVariant>?
    }

    struct Change: Codable, Sendable, Explained {
        let id: ID<Icon>
        let prompt: IconPrompt?
        let chosen: ID<IconVariant>?

        static let words: [String: MemberWords] = [
            "prompt": "What the icon is called from now on.",
            "chosen": "The id of one of its variants.",
        ]
    }

    /// How long a prompt may be depends on the settings.
    private var promptRule: FieldRule {
        let max = options.promptMax
        return FieldRule("prompt", schema: IconPrompt.schema(upTo: max)) { text in
            text.unicodeScalars.count > max ? [.tooLong(max: max)] : []
        }
    }

    private var promptOptions: RouteOptions {
        var options = RouteOptions()
        options.rules = [promptRule]
        return options
    }

    private var drawingOptions: RouteOptions { promptOptions }
}
