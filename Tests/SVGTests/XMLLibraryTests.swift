import Testing

@testable import SVG

struct XMLLibraryTests {
    @Test func `libxml2 is there, and what is missing is named`() {
        #expect(XMLLibrary.problem == nil)
        #expect(XMLLibrary.version?.isEmpty == false)
        #expect(XMLLibrary.load("libxml-of-nobody.so.2")?.contains("libxml-of-nobody") == true)
    }
}
