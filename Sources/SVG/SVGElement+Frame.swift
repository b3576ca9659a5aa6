// The first element: what places the drawing. It stays within its box, which has a size that a page can
// bear, and it has a `viewBox`, so that it can be shown in any size.

extension SVGElement {
    func frame() {
        for name in ["overflow", "transform", "x", "y"] { self[name] = nil }
        for name in ["width", "height"] where !isBearable(self[name]) { self[name] = nil }
        if let box = self["viewBox"], isBox(box.text) { return }
        let width = pixels(self["width"])
        let height = pixels(self["height"])
        let size = width.flatMap { width in height.map { "\(short(width)) \(short($0))" } }
        self["viewBox"] = .plain("0 0 " + (size ?? Self.usualSize))
    }

    private func isBearable(_ value: SVGValue?) -> Bool {
        guard let value, let (number, unit) = SVGGrammar.length(value.text) else { return false }
        if unit == "%" { return number > 0 && number <= 100 }
        return number > 0 && number * (Self.pixels[unit] ?? 16) <= Self.pixelsMax
    }

    private func isBox(_ text: String) -> Bool {
        let numbers = text.split { $0 == " " || $0 == "," }.map { Double(String($0)) ?? .nan }
        return numbers.count == 4 && numbers.allSatisfy(\.isFinite) && numbers[2] > 0
            && numbers[3] > 0
    }

    private func pixels(_ value: SVGValue?) -> Double? {
        guard let value, let (number, unit) = SVGGrammar.length(value.text),
            let factor = Self.pixels[unit]
        else { return nil }
        return number * factor
    }

    /// Without `.0` behind what is whole.
    private func short(_ number: Double) -> String {
        let text = "\(number)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// Of icons that do not say how large they are.
    private static let usualSize = "24 24"
    private static let pixelsMax = 4096.0
    private static let pixels: [String: Double] = [
        "": 1, "px": 1, "pt": 96 / 72, "pc": 16, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4,
    ]
}
