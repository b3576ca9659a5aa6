import API
import HTTP
import Values

/// A drawing as a file: for an `img`, or to keep.
///
/// Opened by itself in a browser it is a document of ours, so its policy lets it load nothing and run
/// nothing, whatever was overlooked when it was made safe.
struct IconPicture: OperationOutput {
    private let variant: IconVariant
    private let icon: Icon
    private let conditions: Conditions

    init(_ variant: IconVariant, of icon: Icon, to request: Request) {
        (self.variant, self.icon) = (variant, icon)
        conditions = Conditions(of: request)
    }

    static let policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

    static func documentation() -> OutputDocumentation {
        var output = OutputDocumentation(
            .ok, "The drawing.", mediaType: "image/svg+xml", schema: .string,
            example: .string(IconExamples.svg))
        output.fields = [.etag, .contentDisposition]
        return output.conditional("The drawing is as `If-None-Match` says.")
    }

    func response() -> Response {
        let tag = ETag("\(icon.version)-\(IconVariant.scope(of: variant.id))")
        var response = Response(.notModified)
        if conditions.verdict(etag: tag, modified: nil) != .notModified {
            response = Response(.ok, body: .bytes(Array(variant.svg.utf8)))
            response.fields[.contentType] = "image/svg+xml"
        }
        response.fields[.etag] = tag.description
        response.fields[.cacheControl] = "private, no-cache"
        response.fields[.contentSecurityPolicy] = Self.policy
        response.fields[.contentDisposition] =
            "inline; filename=\"\(FileName.of(icon, variant)).svg\""
        return response
    }
}

/// A file's name made of what was asked for.
enum FileName {
    private static let lengthMax = 60

    /// Lower-case letters, digits and underscores, and which variant it is where there are several.
    static func of(_ icon: Icon, _ variant: IconVariant) -> String {
        let name = word(icon.prompt)
        guard icon.variants.list.count > 1, let index = icon.variants.list.firstIndex(of: variant)
        else { return name }
        return "\(name)_variant_\(index + 1)"
    }

    /// `icon` where no such character is in the prompt.
    static func word(_ prompt: String) -> String {
        let words = prompt.lowercased().utf8.split { byte in
            !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                && !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
        let name = words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "_")
        return name.isEmpty ? "icon" : String(name.prefix(lengthMax))
    }
}
