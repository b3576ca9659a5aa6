// The motifs that have a name: drawn for strokes of two units with two units free around them.

extension Motif {
    static let all = forms + signs + nature + things + papers

    private static func path(_ d: String) -> String { "<path d=\"\(d)\"/>" }

    private static func circle(_ x: Double, _ y: Double, _ r: Double) -> String {
        "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"\(r)\"/>"
    }

    private static func box(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> String {
        "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"\(height)\" rx=\"2\"/>"
    }

    private static let forms = [
        Motif("circle", "round ball disc dot point", body: circle(12, 12, 9)),
        Motif("square", "rectangle rect", body: box(4, 4, 16, 16)),
        Motif("triangle", "", body: path("M12 4l9 16H3z")),
        Motif("hexagon", "", body: path("M12 2.5l8.2 4.7v9.6L12 21.5l-8.2-4.7V7.2z")),
        Motif("pentagon", "", body: path("M12 3.1l9 6.6-3.4 10.6H6.4L3 9.7z")),
        Motif("diamond", "rhombus", body: path("M12 2.5l8 9.5-8 9.5L4 12z")),
        Motif(
            "star", "favorite favourite rating",
            body: path(
                "M12 2.8l2.6 6.2 6.7.6-5.1 4.4 1.6 6.5-5.8-3.5-5.8 3.5L7.8 14 2.7 9.6 9.4 9z")),
        Motif(
            "heart", "love like",
            body: path(
                "M12 20.5C5.2 15.8 3 12.4 3 8.8a4.8 4.8 0 0 1 9-2.2 4.8 4.8 0 0 1 9 2.2c0 3.6-2.2 7-9 11.7z"
            )),
        Motif(
            "cube", "box package block solid 3d model",
            body: path("M12 2.8l8 4.5v9.4l-8 4.5-8-4.5V7.3z"),
            lines: path("M4 7.3l8 4.5 8-4.5M12 11.8v9.4")),
        Motif(
            "target", "aim focus goal snap", body: circle(12, 12, 9.5),
            lines: circle(12, 12, 5) + path("M12 12h.01")),
        Motif(
            "grid", "table dashboard apps array pattern",
            body: box(3.5, 3.5, 7, 7) + box(13.5, 3.5, 7, 7) + box(3.5, 13.5, 7, 7)
                + box(13.5, 13.5, 7, 7)),
        Motif(
            "layer", "stack level", body: path("M12 3l9 4.7-9 4.8-9-4.8z"),
            beside: path("M3 12.3l9 4.7 9-4.7M3 16.6l9 4.7 9-4.7")),
        Motif(
            "curve", "spline bezier arc", body: circle(4.5, 18.5, 2) + circle(19.5, 5.5, 2),
            beside: path("M6.5 18.5C15 18.5 9 5.5 17.5 5.5")),
        Motif(
            "mesh", "net network graph node",
            body: circle(12, 5, 2.5) + circle(5, 18, 2.5) + circle(19, 18, 2.5),
            beside: path("M10.8 7.2L6.2 15.8M13.2 7.2l4.6 8.6M7.5 18h9")),
    ]

    private static let signs = [
        Motif("right", "arrow next forward", lines: path("M4 12h16M13 5l7 7-7 7")),
        Motif("left", "back previous", lines: path("M20 12H4M11 5l-7 7 7 7")),
        Motif("up", "upload rise", lines: path("M12 20V4M5 11l7-7 7 7")),
        Motif("down", "fall", lines: path("M12 4v16M5 13l7 7 7-7")),
        Motif("download", "save export", lines: path("M12 3v12M6.5 10l5.5 5.5 5.5-5.5M4 20.5h16")),
        Motif("plus", "add new create", lines: path("M12 4v16M4 12h16")),
        Motif("minus", "remove subtract", lines: path("M4 12h16")),
        Motif("check", "tick done ok yes success", lines: path("M4.5 12.5l5 5.5 10-12")),
        Motif("cross", "close cancel no delete", lines: path("M5.5 5.5l13 13M18.5 5.5l-13 13")),
        Motif("play", "start run video", body: path("M7 4v16l12.5-8z")),
        Motif("pause", "", body: box(6, 4.5, 4, 15) + box(14, 4.5, 4, 15)),
        Motif(
            "refresh", "rotate reload sync turn cycle loop",
            lines: path("M19.5 14a8 8 0 1 1-1.6-7.2L20 9M20 4v5h-5")),
        Motif(
            "move", "drag pan",
            lines: path("M12 3v18M3 12h18M9 6l3-3 3 3M9 18l3 3 3-3M6 9l-3 3 3 3M18 9l3 3-3 3")),
        Motif(
            "code", "program script brackets developer",
            lines: path("M8 6l-5.5 6L8 18M16 6l5.5 6-5.5 6M13.5 4l-3 16")),
        Motif(
            "warning", "alert danger", body: path("M12 3.5l9.5 16.5h-19z"),
            lines: path("M12 9.5v5M12 17.2v.01")),
        Motif(
            "info", "information help", body: circle(12, 12, 9.5),
            lines: path("M12 11v5.5M12 7.5v.01")),
        Motif("menu", "list lines", lines: path("M4 6h16M4 12h16M4 18h16")),
        Motif(
            "share", "", body: circle(6, 12, 2.8) + circle(18, 5.5, 2.8) + circle(18, 18.5, 2.8),
            beside: path("M8.5 10.6l7-3.8M8.5 13.4l7 3.8")),
        Motif(
            "link", "chain connect",
            lines: path(
                "M10 14a4 4 0 0 0 5.7 0l3.6-3.6a4 4 0 0 0-5.7-5.7L12 6.3M14 10a4 4 0 0 0-5.7 0l-3.6 3.6a4 4 0 0 0 5.7 5.7l1.6-1.6"
            )),
    ]

    private static let nature = [
        Motif(
            "cloud", "weather",
            body: path("M7 19a4.6 4.6 0 0 1-.5-9.1A6 6 0 0 1 18 9.4 4.9 4.9 0 0 1 17.4 19z")),
        Motif(
            "sun", "day light bright brightness", body: circle(12, 12, 4),
            beside: path(
                "M12 2.5V4M12 20v1.5M2.5 12H4M20 12h1.5M5.3 5.3l1 1M17.7 17.7l1 1M5.3 18.7l1-1M17.7 6.3l1-1"
            )),
        Motif(
            "moon", "night dark sleep",
            body: path("M20 14.3A8.5 8.5 0 1 1 9.7 4a6.8 6.8 0 0 0 10.3 10.3z")),
        Motif(
            "bolt", "lightning flash power energy electric",
            body: path("M13.5 2.5L5 14h6l-1 7.5L19 10h-6.5z")),
        Motif(
            "drop", "water rain liquid oil",
            body: path("M12 2.8c4.3 4.8 6.2 8 6.2 11a6.2 6.2 0 0 1-12.4 0c0-3 1.9-6.2 6.2-11z")),
        Motif(
            "leaf", "plant eco nature green",
            body: path("M5.5 18.5C4 9.5 9 4 20 4c0 11-5.5 16-14.5 14.5z"),
            lines: path("M5.5 18.5L14 10"), beside: path("M3.5 20.5l2-2")),
        Motif(
            "tree", "forest wood", body: path("M12 2.5l5.5 7H15l4.5 7h-15l4.5-7H6.5z"),
            beside: path("M12 16.5v5")),
        Motif(
            "flower", "blossom rose",
            body: circle(12, 6.2, 3.2) + circle(17.5, 10.2, 3.2) + circle(15.4, 16.7, 3.2)
                + circle(8.6, 16.7, 3.2) + circle(6.5, 10.2, 3.2), lines: circle(12, 12, 2)),
        Motif(
            "wave", "sea ocean sound signal audio",
            lines: path(
                "M2.5 8c2.4-2.8 4-2.8 6.3 0s4 2.8 6.4 0 3.9-2.8 6.3 0M2.5 16c2.4-2.8 4-2.8 6.3 0s4 2.8 6.4 0 3.9-2.8 6.3 0"
            )),
        Motif(
            "mountain", "hill landscape terrain peak",
            body: path("M2.5 19.5L9.5 6l4 7.5 2.5-4 5.5 10z"),
            lines: path("M7.4 10l2.1 1.6 1.9-1.6")),
        Motif(
            "fire", "flame hot burn",
            body: path(
                "M12 21.5a6.8 6.8 0 0 0 6.8-6.8c0-4-2.8-5.6-4.3-8.7-.5 2-1.5 3-2.6 3.6C12 6.7 11 4 8.8 2.5 9 7 5.2 9.5 5.2 14.7A6.8 6.8 0 0 0 12 21.5z"
            )),
        Motif(
            "planet", "globe earth world web internet", body: circle(12, 12, 9.5),
            lines: path(
                "M2.5 12h19M12 2.5c3.4 3 4.6 6 4.6 9.5s-1.2 6.5-4.6 9.5c-3.4-3-4.6-6-4.6-9.5S8.6 5.5 12 2.5z"
            )),
    ]

    private static let things = [
        Motif(
            "house", "home building", body: path("M3.5 11L12 3.5 20.5 11v9.5h-17z"),
            lines: path("M9.5 20.5v-6.5h5v6.5")),
        Motif(
            "gear", "settings cog options engine machine",
            body: path(
                "M10.3 4.8l.2-2.7h3l.2 2.7 2.2.9 2-1.7 2.1 2.1-1.7 2 .9 2.2 2.7.2v3l-2.7.2-.9 2.2 1.7 2-2.1 2.1-2-1.7-2.2.9-.2 2.7h-3l-.2-2.7-2.2-.9-2 1.7L4 17.9l1.7-2-.9-2.2-2.7-.2v-3l2.7-.2.9-2.2L4 6.1 6.1 4l2 1.7z"
            ), lines: circle(12, 12, 3)),
        Motif(
            "eye", "view show visible preview",
            body: path(
                "M2.5 12C5 7.5 8.3 5.3 12 5.3s7 2.2 9.5 6.7c-2.5 4.5-5.8 6.7-9.5 6.7S5 16.5 2.5 12z"
            ), lines: circle(12, 12, 3)),
        Motif(
            "lock", "secure security private password safe", body: box(4.5, 11, 15, 10),
            lines: path("M12 15v2"), beside: path("M8 11V7.5a4 4 0 0 1 8 0V11")),
        Motif(
            "key", "access login", body: circle(7.8, 16.2, 4.3),
            beside: path("M11 13l9-9M16 8l3.5 3.5M13.2 10.8l2 2")),
        Motif(
            "bell", "notification alarm ring",
            body: path("M6 17v-6.5a6 6 0 0 1 12 0V17l1.8 1.8H4.2z"), beside: path("M10 21.5h4")),
        Motif(
            "user", "person people account profile man woman",
            body: circle(12, 7.8, 4.3) + path("M3.8 21c.6-4.6 3.6-6.5 8.2-6.5s7.6 1.9 8.2 6.5z")),
        Motif(
            "search", "find magnifier zoom lens", body: circle(10.3, 10.3, 6.8),
            beside: path("M15.5 15.5l5.8 5.8")),
        Motif(
            "camera", "photo picture",
            body: path(
                "M3 8.5A1.5 1.5 0 0 1 4.5 7h3L9.2 4.5h5.6L16.5 7h3A1.5 1.5 0 0 1 21 8.5v10a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 18.5z"
            ), lines: circle(12, 13.2, 3.5)),
        Motif(
            "image", "gallery landscape render", body: box(3, 4, 18, 16),
            lines: circle(8.5, 9.5, 1.5) + path("M3.5 18l5.5-5 3.5 3 3.5-3.5 4.5 4.5")),
        Motif(
            "clock", "time hour timer watch schedule", body: circle(12, 12, 9.5),
            lines: path("M12 6.5V12l3.8 2.2")),
        Motif(
            "pin", "location map place marker",
            body: path(
                "M12 21.8c-5-5.2-7.3-8.6-7.3-11.8a7.3 7.3 0 0 1 14.6 0c0 3.2-2.3 6.6-7.3 11.8z"),
            lines: circle(12, 10, 2.6)),
        Motif(
            "flag", "country finish", body: path("M5 4h14.5l-3.5 4.7 3.5 4.8H5z"),
            beside: path("M5 21.5V4")),
        Motif(
            "pencil", "edit pen draw write sketch",
            body: path("M3.8 20.2l1-4.8L16.2 4l3.8 3.8L8.6 19.2z"), lines: path("M13.5 6.7l3.8 3.8")
        ),
        Motif(
            "trash", "bin garbage waste", body: path("M5.5 7.5h13L17.3 21H6.7z"),
            beside: path("M3.5 7.5h17M9 7.5V3.5h6v4")),
        Motif(
            "compass", "navigation direction north", body: circle(12, 12, 9.5),
            lines: path("M15.8 8.2l-2.4 5.2-5.2 2.4 2.4-5.2z")),
        Motif(
            "ruler", "measure dimension length size",
            body: path("M2.8 16.2L16.2 2.8l5 5L7.8 21.2z"),
            lines: path("M7 12l2 2M10 9l3 3M13 6l2 2")),
        Motif(
            "cup", "coffee tea mug drink",
            body: path("M3.5 8.5H17v6.5a5 5 0 0 1-5 5H8.5a5 5 0 0 1-5-5z"),
            beside: path("M17 10h1.5a2.8 2.8 0 0 1 0 5.6H17M7.5 5.5v-2M12.5 5.5v-2")),
        Motif(
            "rocket", "launch space ship fast",
            body: path("M12 2.5c3.6 3 5 6.5 5 10L15.5 17h-7L7 12.5c0-3.5 1.4-7 5-10z"),
            lines: circle(12, 10, 2),
            beside: path("M7 12.5l-3 4.5h4.5M17 12.5l3 4.5h-4.5M12 19.5v2")),
        Motif(
            "music", "song note melody", body: circle(6.5, 17.5, 3) + circle(17, 15.5, 3),
            beside: path("M9.5 17.5V6L20 3.8v11.7")),
        Motif(
            "cart", "shop shopping buy store", body: path("M5.5 6.5h15.5l-2 8.5H7.3z"),
            beside: path("M2.5 3.5H5l2.3 11.5M9 19.8v.01M17 19.8v.01")),
        Motif(
            "gift", "present birthday", body: box(4, 8, 16, 5) + path("M5.5 13h13v8h-13z"),
            lines: path("M12 8v13"),
            beside: path("M12 8C8 8 6.5 3 9.5 3S12 8 12 8zM12 8c4 0 5.5-5 2.5-5S12 8 12 8z")),
        Motif(
            "shield", "protect guard defense",
            body: path("M12 2.5l8 3v6.3c0 4.5-3.2 7.7-8 9.7-4.8-2-8-5.2-8-9.7V5.5z")),
        Motif(
            "phone", "mobile device call", body: box(6.5, 2.5, 11, 19), lines: path("M11 18.2h2")),
        Motif(
            "screen", "monitor computer desktop display laptop", body: box(2.5, 4, 19, 12.5),
            beside: path("M8 20.5h8M12 16.5v4")),
        Motif(
            "database", "data storage server", body: path("M4 6c0-4 16-4 16 0v12c0 4-16 4-16 0z"),
            lines: path("M4 6c0 4 16 4 16 0M4 12c0 4 16 4 16 0")),
    ]

    private static let papers = [
        Motif(
            "mail", "email envelope letter message", body: box(2.5, 5, 19, 14),
            lines: path("M3.5 7l8.5 6.5L20.5 7")),
        Motif("folder", "directory project", body: path("M3 5.5h6.5l2 2.5H21v11.5H3z")),
        Motif(
            "file", "document page paper text", body: path("M5.5 2.5h8.5l4.5 4.5v14.5h-13z"),
            lines: path("M14 2.5V7h4.5M9 12.5h6M9 16.5h6")),
        Motif(
            "book", "read library manual",
            body: path(
                "M12 6C9.5 4.2 6.5 3.8 2.8 4v14.5c3.7-.2 6.7.2 9.2 2 2.5-1.8 5.5-2.2 9.2-2V4c-3.7-.2-6.7.2-9.2 2z"
            ), lines: path("M12 6v14.5")),
        Motif(
            "chart", "bar statistics analytics report diagram",
            body: path("M4 13h4v7.5H4zM10 8h4v12.5h-4zM16 3.5h4v17h-4z")),
        Motif(
            "chat", "speech bubble comment talk conversation",
            body: path("M3.5 4h17v12.5h-9L6.5 21v-4.5h-3z"), lines: path("M8 8.5h8M8 12h5")),
        Motif(
            "calendar", "date month event", body: box(3.5, 5, 17, 16),
            lines: path("M3.5 10h17M8 2.8v4M16 2.8v4")),
        Motif("bookmark", "remember", body: path("M6 3h12v18.5l-6-5-6 5z")),
        Motif(
            "tag", "label price", body: path("M3 3.5h8.5l9.5 9.5-8 8-10-9.5z"),
            lines: path("M7.5 8v.01")),
        Motif(
            "clipboard", "copy paste task", body: box(4.5, 4, 15, 17.5),
            lines: path("M9 2.5h6v3.5H9zM8.5 11h7M8.5 15.5h4.5")),
    ]
}
