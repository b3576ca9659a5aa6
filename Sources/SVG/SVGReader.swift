import CXML
import Values

/// Reads a document into the elements that it may have.
///
/// Used by libxml2's callbacks for the time of one reading.
final class SVGReader {
    private let policy: SVGPolicy
    private var root: SVGElement?
    private var open: [SVGElement] = []
    private var depth = 0
    private var count = 0
    /// The depth at which something began that is left out with all that is in it.
    private var skippedFrom: Int?
    private var problem: SVGProblem?

    private init(_ policy: SVGPolicy) { self.policy = policy }

    static func read(_ text: String, _ policy: SVGPolicy) throws(SVGProblem) -> SVGElement {
        guard XMLLibrary.problem == nil else { throw .unavailable }
        let reader = SVGReader(policy)
        let outcome = reader.read(text)
        if let problem = reader.problem { throw problem }
        switch outcome {
        case XML_IS_FINE: break
        case XML_DECLARES: throw .declares
        case XML_HAS_NO_MEMORY: throw .unavailable
        default: throw .notXML
        }
        guard let root = reader.root else { throw .notSVG }
        return root
    }

    private func read(_ text: String) -> xml_outcome {
        var text = text
        return withExtendedLifetime(self) {
            text.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) { bytes in
                    guard let start = bytes.baseAddress else { return XML_IS_BROKEN }
                    return xml_read(
                        start, bytes.count, Self.listener, Unmanaged.passUnretained(self).toOpaque()
                    )
                }
            }
        }
    }

    private static let listener = xml_listener(
        start: { context, name, attributes, count in
            guard let reader = SVGReader.from(context) else { return 0 }
            let list = UnsafeBufferPointer(start: attributes, count: attributes == nil ? 0 : count)
            return reader.start(name, list) ? 1 : 0
        },
        end: { context in
            SVGReader.from(context)?.end()
            return 1
        },
        text: { context, bytes, count in
            SVGReader.from(context)?.take(UnsafeBufferPointer(start: bytes, count: count))
            return 1
        })

    private static func from(_ context: UnsafeMutableRawPointer?) -> SVGReader? {
        context.map { Unmanaged<SVGReader>.fromOpaque($0).takeUnretainedValue() }
    }

    // MARK: What libxml2 finds

    private func start(_ name: xml_name, _ attributes: UnsafeBufferPointer<xml_attribute>) -> Bool {
        depth += 1
        count += 1
        if depth > policy.depthMax { return end(with: .tooDeep(max: policy.depthMax)) }
        if count > policy.elementsMax { return end(with: .tooMany(max: policy.elementsMax)) }
        if skippedFrom != nil { return true }
        let tag = name.isOfSVG ? SVGTag(rawValue: String(cString: name.local)) : nil
        guard let parent = open.last else {
            guard tag == .svg else { return end(with: .notSVG) }
            let element = SVGElement(.svg, attributes, isRoot: true)
            root = element
            open = [element]
            return true
        }
        guard let tag, parent.tag.mayContain(tag) else {
            skippedFrom = depth
            return true
        }
        let element = SVGElement(tag, attributes, isRoot: false)
        parent.children.append(.element(element))
        open.append(element)
        return true
    }

    private func end(with problem: SVGProblem) -> Bool {
        self.problem = problem
        return false
    }

    private func end() {
        if let start = skippedFrom {
            if start == depth { skippedFrom = nil }
        } else {
            _ = open.popLast()
        }
        depth -= 1
    }

    private func take(_ bytes: UnsafeBufferPointer<CChar>) {
        guard skippedFrom == nil, let element = open.last, element.tag.takesText else { return }
        let text = bytes.withMemoryRebound(to: UInt8.self) { String(decoding: $0, as: UTF8.self) }
        element.children.append(.text(text))
    }
}

extension xml_name {
    /// A document without any namespace is taken for SVG: models and people leave it out.
    fileprivate var isOfSVG: Bool {
        guard let space else { return prefix == nil }
        return String(cString: space) == SVGElement.namespace
    }

    /// The name by which an attribute is known. Nil for those of other vocabularies.
    fileprivate var attribute: String? {
        let local = String(cString: local)
        if let space {
            return String(cString: space) == Self.xlink && local == "href" ? local : nil
        }
        guard let prefix else { return local }
        // A prefix that nobody declared: browsers do not know it either, but authors mean this.
        return String(cString: prefix) == "xlink" && local == "href" ? local : nil
    }

    private static let xlink = "http://www.w3.org/1999/xlink"
}

extension SVGElement {
    static let namespace = "http://www.w3.org/2000/svg"

    fileprivate convenience init(
        _ tag: SVGTag, _ attributes: UnsafeBufferPointer<xml_attribute>, isRoot: Bool
    ) {
        self.init(tag)
        var style = ""
        for attribute in attributes {
            guard let name = attribute.name.attribute else { continue }
            if name == "style" { style = attribute.text }
            guard let grammar = SVGAttributes.grammar(of: name, on: tag),
                let value = grammar.value(attribute.text)
            else { continue }
            // `href` comes before `xlink:href`, whichever stands first.
            if attribute.name.prefix != nil, self[name] != nil { continue }
            self[name] = value
        }
        for (name, value) in SVGStyle.properties(of: style) {
            if SVGAttributes.grammar(of: name, on: tag) != nil { self[name] = value }
        }
        if isRoot { frame() }
    }
}

extension xml_attribute {
    /// With single spaces, and none at its ends. libxml2 leaves `&` as a reference, for whoever would
    /// put its tree together.
    fileprivate var text: String {
        let bytes = UnsafeRawBufferPointer(start: value, count: count)
        let words = bytes.split { [0x20, 0x09, 0x0a, 0x0d].contains($0) }
        let text = words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
        return text.replacing("&#38;", with: "&")
    }
}
