import Files
import Values

/// Something that an overlay can show: one that is built in, or a creator's own.
struct Effect: Sendable, Hashable {
    /// A word for what is built in, and an id for an upload.
    let id: String
    let name: String
    let description: String
    let category: Studio.Category
    /// 1, hardly any, to 5.
    let motion: Int
    /// The least that one must have subscribed to.
    let tier: Studio.Tier
    let duration: Duration
    var takesText = false
    /// Of an upload.
    var media: EffectMedia?
}

/// The file of an upload.
struct EffectMedia: Sendable, Hashable {
    let file: ID<StoredFile>
    let kind: MediaKind
}
