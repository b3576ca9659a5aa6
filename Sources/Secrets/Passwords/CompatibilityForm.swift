// The standard library knows the canonical forms, but tells them only to those who ask for it. What
// it lacks are Unicode's compatibility mappings; Foundation has them, and costs every start of the
// program 4 ms and every process 8 MB.
@_spi(_Unicode) import Swift

/// Unicode's normal form KC (UAX #15), in which better-auth hashes passwords.
enum CompatibilityForm {
    static func composed(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        var mapped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if let others = CompatibilityTable.mappings[scalar.value] {
                mapped.append(contentsOf: others)
            } else {
                mapped.append(scalar)
            }
        }
        var composed = String.UnicodeScalarView()
        composed.append(contentsOf: String(mapped)._nfc)
        return String(composed)
    }
}
