import Coding
import HTTP
import Values

/// A mail as it goes over the wire (RFC 5322, RFC 2046): two bodies in base64, lines of CR LF.
struct MailEncoder {
    let sender: MailSender

    /// `id` is the same for each try, so that a mail delivered twice can be known as one.
    func encode(_ mail: Mail, id: String, at now: Instant) -> [UInt8] {
        let boundary = "=_\(id)"
        var lines = head(mail, id, now)
        lines.append("Content-Type: multipart/alternative; boundary=\"\(boundary)\"")
        lines.append("")
        for (type, body) in [("plain", mail.text), ("html", mail.html)] {
            lines += ["--" + boundary, "Content-Type: text/\(type); charset=utf-8"]
            lines += ["Content-Transfer-Encoding: base64", ""]
            lines += Self.lines(of: Base64.encode(Array(body.utf8)))
        }
        lines += ["--\(boundary)--", ""]
        return Array(lines.joined(separator: "\r\n").utf8)
    }

    /// No mailing list, out-of-office program or robot is to answer (RFC 3834).
    private func head(_ mail: Mail, _ id: String, _ now: Instant) -> [String] {
        let name = sender.name.map { HeaderText.encode(phrase: $0) + " " } ?? ""
        let domain = sender.address.text.split(separator: "@").last ?? "localhost"
        return [
            "From: \(name)<\(sender.address)>",
            "To: <\(mail.recipient)>",
            "Subject: \(HeaderText.encode(mail.subject))",
            "Date: \(HTTPDate.text(now).dropLast(3))+0000",
            "Message-ID: <\(id)@\(domain)>",
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
        ]
    }

    private static func lines(of text: String) -> [String] {
        var rest = Substring(text)
        var lines: [String] = []
        while !rest.isEmpty {
            lines.append(String(rest.prefix(lineMax)))
            rest = rest.dropFirst(lineMax)
        }
        return lines
    }

    private static let lineMax = 76
}
