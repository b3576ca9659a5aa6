import API

extension Studio {
    var readCreator: Function<NoInput, CreatorBody> {
        Function(
            name: "readCreator", summary: "Who streams: oneself.",
            about: "Whoever comes for the first time is made a creator.", scope: .studioRead
        ) { _, creator, _ in
            try await body(creator)
        }
    }
}
