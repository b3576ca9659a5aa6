import HTTP

/// What an upload may be: the file, and the texts that come with it.
package struct UploadRules: Sendable {
    /// Bytes of the file. The settings' limit holds as well.
    package var bytesMax: Int
    /// What the file may be by its bytes. Nil: anything.
    package var types: Set<MediaKind>?
    /// The name of the form's field that is the file. All others are texts.
    package var fileField = "file"
    /// Bytes of one text, and how many there may be.
    package var fieldBytesMax = 16 * 1024
    package var fieldsMax = 20

    package init(bytesMax: Int = .max, types: Set<MediaKind>? = nil) {
        (self.bytesMax, self.types) = (bytesMax, types)
    }

    var form: MultipartLimits {
        var limits = MultipartLimits()
        limits.parts = fieldsMax + 1
        return limits
    }

    /// What a form may have beside its file.
    var overheadMax: Int { (fieldsMax + 1) * (form.headBytes + fieldBytesMax) }
}
