import Foundation
import Testing

@Suite struct ConfigurationPageTests {
    private let page: ConfigurationPage

    init() throws { page = try ConfigurationPage() }

    @Test func `the page tells of every setting and of no other`() {
        #expect(page.differences == [])
    }

    @Test func `every setting is explained in the sources`() {
        #expect(page.unexplained == [])
    }

    @Test func `docs/configuration.md is what the sources say`() throws {
        if ProcessInfo.processInfo.environment["WRITE_DOCS"] != nil {
            try page.text.write(
                toFile: ConfigurationPage.path, atomically: true, encoding: .utf8)
        }
        let committed = try String(contentsOfFile: ConfigurationPage.path, encoding: .utf8)
        #expect(
            committed == page.text,
            "write it anew: WRITE_DOCS=1 swift test --filter ConfigurationPageTests")
    }
}
