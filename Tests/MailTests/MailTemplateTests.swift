import Identity
import Organizations
import Testing
import Values

@testable import Mail

struct MailTemplateTests {
    private let template = MailTemplate(
        "hello", slots: ["name", "link"], text: "Hello {{name}}\n\nGo to {{link}}",
        html: "<p title=\"{{name}}\">{{name}}</p><a href=\"{{link}}\">go</a>")
    private let ada = EmailAddress(stored: "ada@example.com")

    @Test func `values are put in as they are, and escaped in HTML`() {
        let mail = template.mail(to: ada, ["name": "<b>\"A'&", "link": "http://a/#t={{name}}"])
        #expect(mail.subject == "Hello <b>\"A'&")
        #expect(mail.text == "Go to http://a/#t={{name}}")
        let name = "&lt;b&gt;&quot;A&#39;&amp;"
        #expect(
            mail.html
                == "<p title=\"\(name)\">\(name)</p><a href=\"http://a/#t={{name}}\">go</a>")
    }

    @Test func `an operator's words take the place of ours, either part or both`() throws {
        let own = try template.replaced(text: "Moin {{name}}\r\n\r\nLos: {{link}}\r\n", html: nil)
        let mail = own.mail(to: ada, ["name": "Ada", "link": "x"])
        #expect(mail.subject == "Moin Ada")
        #expect(mail.text == "Los: x\r\n")
        #expect(mail.html.contains("<p title=\"Ada\">"))
    }

    @Test(
        arguments: [
            ("Hello\n\n{{nobody}}", "hello.txt has {{nobody and may have {{link}}, {{name}}."),
            ("Hello\n\n{{name", "hello.txt has {{name and may have {{link}}, {{name}}."),
            ("Hello\n\n{{ name }}", "hello.txt has {{ name  and may have {{link}}, {{name}}."),
            ("Hello", "hello.txt needs a subject, an empty line and a text."),
            ("", "hello.txt needs a subject, an empty line and a text."),
            ("\n\nHello", "hello.txt needs a subject, an empty line and a text."),
        ])
    func `words that cannot be used are told`(_ text: String, _ mistake: String) {
        do throws(MailTemplate.Mistake) {
            _ = try template.replaced(text: text, html: nil)
            Issue.record("nothing was wrong")
        } catch {
            #expect(error.description == mistake)
        }
    }

    @Test(arguments: UserMailTemplates.all.map { UserMailTemplates()[keyPath: $0] } + [.invitation])
    func `our own words are sound`(_ standard: MailTemplate) throws {
        let own = try standard.replaced(text: nil, html: nil)
        let values = Dictionary(uniqueKeysWithValues: own.slots.map { ($0, "value") })
        let mail = own.mail(to: ada, values)
        #expect(!mail.text.contains("{{") && !mail.html.contains("{{"))
        #expect(mail.kind == standard.name)
        // Every value that there is, is said in both.
        for slot in own.slots {
            #expect(own.text.contains("{{\(slot)}}") && own.html.contains("{{\(slot)}}"), "\(slot)")
        }
    }
}
