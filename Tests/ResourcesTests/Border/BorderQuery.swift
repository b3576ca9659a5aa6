import Coding

/// A list as a caller asks for it, with what it means to a row.
struct BorderQuery: Sendable {
    let text: String
    let matches: @Sendable (BorderRow) -> Bool
    /// In the order in which the rows must come; nil where the order is that of their making.
    var order: Order = .newest
    var style: Style = .pages
    /// The relation that comes along.
    var included: String?

    enum Order: CaseIterable, Sendable {
        case newest, byName, byRank

        var text: String {
            switch self {
            case .newest: ""
            case .byName: "sort=name"
            case .byRank: "sort=-rank,createdAt"
            }
        }
    }

    enum Style: String, CaseIterable, Sendable {
        case pages = "limit=100"
        case offset = "limit=100&offset=0"
        case cursor = "cursor=&limit=100"
    }

    /// Every way to name what is hidden, with every way to ask for a page.
    ///
    /// `hidden` are rows that the caller may not see: their words, their parents and their ids are
    /// what he asks for.
    static func all(
        of kind: BorderKind, hidden: [BorderRow], shown: [BorderRow]
    ) -> [BorderQuery] {
        let bases = filters(of: kind, hidden, shown)
        return bases.enumerated().flatMap { number, base -> [BorderQuery] in
            // Each filter with one order and one style; the plain list with all of them.
            let orders = number == 0 ? Order.allCases : [Order.allCases[number % 3]]
            let styles = number == 0 ? Style.allCases : [Style.allCases[number % 2 + 1]]
            let relations =
                [nil] + kind.children.map { Optional($0.relation) }
                + (kind.parent == nil ? [] : ["parent"])
            let included = number == 0 ? relations : [relations[number % relations.count]]
            return orders.flatMap { order in
                styles.flatMap { style in
                    included.map { base.with(order, style, $0) }
                }
            }
        }
    }

    private static func filters(
        of kind: BorderKind, _ hidden: [BorderRow], _ shown: [BorderRow]
    ) -> [BorderQuery] {
        let words = Set(hidden.prefix(3).map(\.marker) + shown.prefix(1).map(\.marker))
        var queries = [
            BorderQuery(text: "") { _ in true },
            BorderQuery(text: "status=active") { $0.status == "active" },
            BorderQuery(text: "rank[gte]=0") { $0.rank >= 0 },
            BorderQuery(text: "rank[lt]=0&status[ne]=active") {
                $0.rank < 0 && $0.status != "active"
            },
            BorderQuery(text: "name[in]=" + words.sorted().joined(separator: ",")) {
                words.contains($0.marker)
            },
            BorderQuery(text: "name[ne]=x") { _ in true },
        ]
        if let secret = hidden.first {
            queries += [
                BorderQuery(text: "search=" + secret.marker) { $0.marker == secret.marker },
                BorderQuery(text: "search=" + secret.marker.prefix(8)) {
                    $0.marker.hasPrefix(secret.marker.prefix(8))
                },
                BorderQuery(text: "name=" + secret.marker) { $0.marker == secret.marker },
            ]
        }
        if let own = shown.first {
            queries.append(
                BorderQuery(text: "search=" + own.marker) { $0.marker == own.marker })
        }
        if kind.parent != nil {
            let parents = Set((hidden + shown).compactMap(\.parent)).sorted().prefix(4)
            queries += parents.map { parent in
                BorderQuery(text: "parentId=" + parent) { $0.parent == parent }
            }
            queries.append(BorderQuery(text: "parentId[null]=true") { $0.parent == nil })
        }
        return queries
    }

    private func with(_ order: Order, _ style: Style, _ relation: String?) -> BorderQuery {
        let include = relation.map { "include=" + $0 } ?? ""
        var query = BorderQuery(
            text: [text, style.rawValue, order.text, include].filter { !$0.isEmpty }
                .joined(separator: "&"), matches: matches)
        (query.order, query.style, query.included) = (order, style, relation)
        return query
    }

    /// In the order that was asked for.
    func sorted(_ rows: [BorderRow]) -> [BorderRow] {
        let numbered = rows.enumerated()
        switch order {
        case .newest: return rows.reversed()
        case .byName: return rows.sorted { $0.marker < $1.marker }
        case .byRank:
            return numbered.sorted { ($1.element.rank, $0.offset) < ($0.element.rank, $1.offset) }
                .map(\.element)
        }
    }
}
