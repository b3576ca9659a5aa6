import Foundation  // For Unicode's compatibility mappings, which the standard library lacks.

/// Unicode's normal form KC (UAX #15), in which better-auth hashes passwords. Most are ASCII and get no
/// further than to a look at their bytes.
enum CompatibilityForm {
    static func composed(_ text: String) -> String {
        text.utf8.allSatisfy { $0 < 0x80 } ? text : text.precomposedStringWithCompatibilityMapping
    }
}
