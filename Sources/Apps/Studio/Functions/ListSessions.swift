import API
import Surfaces

extension Studio {
    struct SessionPage: Codable, Sendable {
        let status: Status?
        let limit: PageSize?
        let offset: PageOffset?
    }

    var listSessions: Function<SessionPage, SessionsBody> {
        Function(
            name: "listSessions", summary: "The creator's sessions, newest first.",
            scope: .studioRead
        ) { page, creator, occasion in
            let status = page.status?.rawValue ?? ""
            let (limit, offset) = (page.limit?.value ?? PageSize.standard, page.offset?.value ?? 0)
            let found = try await database.all(
                StreamSession.list, creator.id, status, limit, offset)
            let total = try await database.first(StreamSession.count, creator.id, status)
            return SessionsBody(
                data: found.map { body($0, at: occasion.now) }, total: total?.value ?? 0,
                limit: limit, offset: offset)
        }
    }
}
