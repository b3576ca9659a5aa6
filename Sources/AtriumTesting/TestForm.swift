import HTTP

/// A form in parts, as a browser writes it.
package struct TestForm: Sendable {
    package static let boundary = "----AtriumTestBoundary"
    package static let type = "multipart/form-data; boundary=\(boundary)"

    package private(set) var bytes: [UInt8] = []

    package init() {}

    package static func file(
        _ data: [UInt8], name: String = "engine.png", type: String? = nil
    ) -> TestForm {
        TestForm().file(data, name: name, type: type)
    }

    package func file(
        _ data: [UInt8], field: String = "file", name: String = "engine.png", type: String? = nil
    ) -> TestForm {
        part("name=\"\(field)\"; filename=\"\(name)\"", type, data)
    }

    package func field(_ name: String, _ text: String) -> TestForm {
        part("name=\"\(name)\"", nil, Array(text.utf8))
    }

    private func part(_ disposition: String, _ type: String?, _ data: [UInt8]) -> TestForm {
        var form = self
        form.bytes +=
            "--\(Self.boundary)\r\nContent-Disposition: form-data; \(disposition)\r\n".utf8
        if let type { form.bytes += "Content-Type: \(type)\r\n".utf8 }
        form.bytes += Array("\r\n".utf8) + data + Array("\r\n".utf8)
        return form
    }

    package var ended: [UInt8] { bytes + Array("--\(Self.boundary)--\r\n".utf8) }

    /// The smallest picture: one white pixel as PNG.
    package static let pixel: [UInt8] =
        [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52]
        + [
            0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 0x0a, 0x49,
            0x44,
        ]
        + [0x41, 0x54, 0x78, 0x9c, 0x63, 0xf8, 0x0f, 0, 1, 1, 1, 0, 0x1b, 0xb6, 0xee, 0x56]
        + [0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]
}

extension TestClient {
    package func upload(
        _ form: TestForm, by user: TestUser, to path: String = "/api/v1/files"
    ) async -> TestAnswer {
        await send(
            .post, path,
            [.authorization: "Bearer " + user.accessToken, .contentType: TestForm.type],
            body: form.ended)
    }
}
