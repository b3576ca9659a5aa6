import SVG

/// What somebody wants drawn.
package struct IconBrief: Sendable {
    /// Whether a new icon is wanted, or a change of the reference.
    package enum Intent: String, Codable, CaseIterable, Sendable { case create, refine }

    /// What the icon will be seen on.
    package enum ColorMode: String, Codable, CaseIterable, Sendable { case dark, light }

    /// An icon whose style is to be followed.
    package struct Attachment: Sendable {
        package var name: String
        package var svg: SafeSVG

        package init(name: String, svg: SafeSVG) {
            (self.name, self.svg) = (name, svg)
        }
    }

    /// In the user's words. They are data: no generator takes them for instructions about anything
    /// but the icon.
    package var prompt: String
    package var intent: Intent = .create
    package var colorMode: ColorMode = .dark
    package var variantCount = 1
    /// The icon that is to be changed.
    package var reference: SafeSVG?
    package var attachments: [Attachment] = []

    package init(prompt: String) { self.prompt = prompt }

    package static let variantsMax = 3
}
