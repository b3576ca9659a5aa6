import API
import HTTP

/// The page at `/dev/mail`, on a developer's machine: what was sent, or would have been.
///
/// The mails have links that open accounts, so only who sits at the machine sees them.
package struct MailPage: Sendable {
    /// A mail in words for a person.
    package struct Entry: Sendable {
        package var id: String
        package var recipient: String
        package var subject: String
        package var text: String
        package var at: String
        /// What became of it: `kept`, `sent`, `waiting`.
        package var state: String
        package var error: String?

        package init(
            id: String, recipient: String, subject: String, text: String, at: String,
            state: String, error: String?
        ) {
            (self.id, self.recipient, self.subject, self.text) = (id, recipient, subject, text)
            (self.at, self.state, self.error) = (at, state, error)
        }
    }

    /// Where the page has it from.
    package struct Source: Sendable {
        /// Newest first, no more than the page is to show.
        package let list: @Sendable () async throws -> [Entry]
        package let html: @Sendable (_ id: String) async throws -> String?
        /// Whether mails go to a server from here, as the page says above them.
        package let note: String

        package init(
            note: String, list: @escaping @Sendable () async throws -> [Entry],
            html: @escaping @Sendable (String) async throws -> String?
        ) {
            (self.note, self.list, self.html) = (note, list, html)
        }
    }

    let source: Source
    let assets: Assets

    @Routes var routes: [Route] {
        Operation(
            "readMails", .get, "/dev/mail", "The mails of this machine.", failures: [.notFound],
            options: .page
        ) { (_: NoInput, call) in
            try requireThisMachine(call)
            return try Served(
                page: try await page(), to: call.request, mayBeKept: false)
        }
        Operation(
            "readMailBody", .get, "/dev/mail/:id", "A mail as HTML.", failures: [.notFound],
            options: .page
        ) { (address: MailAddress, call) in
            try requireThisMachine(call)
            guard let html = try await source.html(address.id) else { throw Failure.notFound }
            return MailBody(html: html)
        }
    }

    private func requireThisMachine(_ call: Call) throws {
        guard call.request.isFromThisMachine else { throw Failure.notFound }
    }

    private func page() async throws -> Representation? {
        guard let template = assets.find("mail/index.html"),
            case .bytes(let bytes) = template.content
        else { return nil }
        let mails = try await source.list()
        let slots = Slots([
            "assets": "/assets/" + assets.version, "note": escaped(source.note),
            "mails": mails.isEmpty ? Self.none : mails.map(Self.item).joined(separator: "\n"),
        ])
        return Representation(type: template.type, content: .bytes(slots.filled(bytes)), etag: nil)
    }

    private static let none = """
        <p class="empty">No mail yet. Ask for one: <code>POST /api/v1/auth/forgot-password</code>, or \
        the reference's <a href="/docs#forgotPassword">form for it</a>.</p>
        """

    private static func item(_ mail: Entry) -> String {
        let error = mail.error.map { "<p class=\"error\">\(escaped($0))</p>" } ?? ""
        let subject = escaped(mail.subject)
        return """
            <details>
            <summary><strong>\(subject)</strong> <span>to \(escaped(mail.recipient))</span> \
            <time datetime="\(escaped(mail.at))">\(escaped(mail.at))</time> \
            <span class="state">\(escaped(mail.state))</span></summary>
            \(error)<h2>HTML</h2>
            <iframe src="/dev/mail/\(escaped(mail.id))" title="HTML of: \(subject)" loading="lazy" \
            sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>
            <h2>Text</h2>
            <pre tabindex="0" aria-label="Text of: \(subject)">\(linked(mail.text))</pre>
            </details>
            """
    }

    /// A line that is an address is a link.
    private static func linked(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let line = escaped(String(line))
            let isAddress = line.hasPrefix("http") && !line.contains(" ")
            return isAddress ? "<a href=\"\(line)\">\(line)</a>" : line
        }.joined(separator: "\n")
    }
}

private struct MailAddress: Codable, Sendable {
    var id: String
}

/// A mail as its reader would see it, in a frame that can do nothing.
private struct MailBody: OperationOutput {
    let html: String

    static func documentation() -> OutputDocumentation {
        OutputDocumentation(.ok, "The mail.", mediaType: "text/html", schema: .string)
    }

    func response() -> Response {
        Response(
            .ok,
            fields: [
                .contentType: "text/html; charset=utf-8", .cacheControl: "no-store",
                FieldName("content-security-policy"): Self.policy,
            ], body: .bytes(Array(html.utf8)))
    }

    private static let policy = """
        sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; \
        style-src 'unsafe-inline'; img-src data: https:; base-uri 'none'; form-action 'none'; \
        frame-ancestors 'self'
        """
}
