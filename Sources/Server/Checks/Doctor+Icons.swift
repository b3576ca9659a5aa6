import SVG

extension Doctor {
    /// Who would draw, where the app is served.
    var icons: [Finding] {
        guard settings.apps.contains(.icons) else { return [] }
        return [generator] + (lateGenerator.map { [$0] } ?? []) + [libxml2]
    }

    /// Loaded with the first drawing, so that its absence shows at no start.
    private var libxml2: Finding {
        if let version = XMLLibrary.version { return .ok("libxml2", version) }
        return .failure("libxml2", "no drawing can be read: \(XMLLibrary.problem ?? "")")
    }

    private var generator: Finding {
        let anthropic = settings.icons.anthropic
        switch settings.icons.choice {
        case .anthropic:
            return .ok("icons", "\(anthropic.model.text) draws, at \(anthropic.baseURL.text)")
        case .missing:
            return .failure("icons", "no key to draw with: set ANTHROPIC_API_KEY")
        case .offline where settings.icons.generator == .auto:
            let words = "no key: the offline generator draws geometric icons; set ANTHROPIC_API_KEY"
            return settings.environment == .prod ? .warning("icons", words) : .ok("icons", words)
        case .offline:
            return .ok("icons", "the offline generator draws geometric icons")
        }
    }

    /// The server would answer before the generator gives up, and say less of it.
    private var lateGenerator: Finding? {
        let (limit, handler) = (
            settings.icons.anthropic.timeLimit, settings.http.limits.handlerTime
        )
        guard case .anthropic = settings.icons.choice, limit.duration >= handler.duration else {
            return nil
        }
        return .warning(
            "icons",
            "icons.anthropic.timeLimit is \(limit): make it less than http.limits.handlerTime, "
                + "\(handler)")
    }
}
