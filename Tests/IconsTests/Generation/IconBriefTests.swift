import Icons
import Testing

struct IconBriefTests {
    @Test func `one icon is made unless more are asked for`() {
        let brief = IconBrief(prompt: "a gear")
        #expect(brief.intent == .create)
        #expect(brief.variantCount == 1)
        #expect(brief.attachments.isEmpty)
    }
}
