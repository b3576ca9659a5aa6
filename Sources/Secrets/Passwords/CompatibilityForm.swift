// The one import of Foundation here, for the one thing that the standard library lacks: Unicode's
// compatibility mappings. Most passwords are ASCII and never get that far.
import Foundation

/// Unicode's normal form KC (UAX #15), in which better-auth hashes passwords.
enum CompatibilityForm {
    static func composed(_ text: String) -> String {
        text.utf8.allSatisfy { $0 < 0x80 } ? text : text.precomposedStringWithCompatibilityMapping
    }
}
