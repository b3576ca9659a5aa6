import Coding
import Testing
import Values

@testable import Mail

private let now = Instant(seconds: 1_795_176_000)

/// S3-24: what goes over the wire is a mail, whatever was put into it.
struct MailEncoderTests {
    private func lines(_ mail: Mail, from name: String? = "Atrium") -> [String] {
        let sender = MailSender(EmailAddress(stored: "atrium@example.com"), name: name)
        let bytes = MailEncoder(sender: sender).encode(mail, id: "m1", at: now)
        return String(decoding: bytes, as: UTF8.self).split(
            separator: "\r\n", omittingEmptySubsequences: false
        ).map(String.init)
    }

    private func mail(_ subject: String) -> Mail {
        Mail(
            to: EmailAddress(stored: "ada@example.com"), subject: subject, text: "Hallo, Zürich",
            html: "<p>Hallo</p>")
    }

    @Test func `a plain mail, field by field`() {
        let lines = lines(mail("Welcome"))
        let head = lines.prefix { !$0.isEmpty }
        #expect(
            Array(head) == [
                "From: \"Atrium\" <atrium@example.com>", "To: <ada@example.com>",
                "Subject: Welcome", "Date: Fri, 20 Nov 2026 12:00:00 +0000",
                "Message-ID: <m1@example.com>", "Auto-Submitted: auto-generated",
                "MIME-Version: 1.0", "Content-Type: multipart/alternative; boundary=\"=_m1\"",
            ])
        #expect(lines.contains(Base64.encode(Array("Hallo, Zürich".utf8))))
        #expect(lines.filter { $0 == "--=_m1" }.count == 2)
        #expect(lines.suffix(2) == ["--=_m1--", ""])
        #expect(!lines.contains { $0.contains("\n") || $0.contains("\r") })
    }

    @Test(
        arguments: [
            "a\r\nBcc: eve@example.com", "a\nBcc: eve@example.com", "a\rBcc: eve@example.com",
            "a\r\n\r\n<script>", "a\u{0}b", "a\u{85}Bcc: b", "a\u{2028}Bcc: b",
            "=?UTF-8?Q?a=0D=0ABcc:_eve?=", "a\u{b}\u{c}b", "\r\n.\r\nMAIL FROM:<eve@example.com>",
        ])
    func `no text begins a field of its own`(_ text: String) {
        let plain = lines(mail("Welcome"))
        for (lines, field) in [
            (lines(mail(text)), "Subject: "), (lines(mail("Welcome"), from: text), "From: "),
        ] {
            let head = lines.prefix { !$0.isEmpty }
            let names = head.filter { !$0.hasPrefix(" ") }.map { $0.prefix { $0 != ":" } }
            #expect(
                names == plain.prefix { !$0.isEmpty }.map { $0.prefix { $0 != ":" } }, "\(field)")
            #expect(head.allSatisfy { $0.utf8.allSatisfy { (0x20...0x7E).contains($0) } })
        }
    }

    @Test func `text of any script comes back as it was, in words of at most 75 characters`() {
        for text in [
            "Grüße", String(repeating: "日本語", count: 40), String(repeating: "👩‍🚀", count: 20),
        ] {
            let encoded = HeaderText.encode(text)
            let words = encoded.split(separator: "\r\n ", omittingEmptySubsequences: false)
            var bytes: [UInt8] = []
            for word in words {
                #expect(word.count <= 75)
                let inner = word.dropFirst("=?UTF-8?B?".count).dropLast(2)
                let part = Base64.decode(inner) ?? []
                #expect(String(validating: part, as: UTF8.self) != nil)
                bytes += part
            }
            #expect(String(decoding: bytes, as: UTF8.self) == text)
        }
    }

    @Test func `a name with quotes and commas stays one name`() {
        #expect(
            lines(mail("x"), from: #"Ada "A", <eve@example.com>"#)[0]
                == #"From: "Ada \"A\", <eve@example.com>" <atrium@example.com>"#)
        #expect(lines(mail("x"), from: nil)[0] == "From: <atrium@example.com>")
    }

    @Test func `no line is longer than a server must take`() {
        let long = Mail(
            to: EmailAddress(stored: "ada@example.com"),
            subject: String(repeating: "é ", count: 500),
            text: String(repeating: "x", count: 100_000),
            html: String(repeating: "<b>", count: 9999))
        #expect(lines(long).allSatisfy { $0.utf8.count <= 78 })
    }
}
