/// The files under `Assets`, written into the program by the build (docs/decisions/0005).
enum EmbeddedAssets {}

/// One of them. Nothing is decoded before somebody asks for it.
struct EmbeddedAsset {
    /// Below `Assets`: `docs/main.js`.
    let name: StaticString
    /// Of its bytes, for a tag.
    let hash: StaticString
    /// The bytes, as base64.
    let identity: StaticString
    /// Compressed, as base64; empty where that is no gain.
    let brotli: StaticString
    let gzip: StaticString
}
