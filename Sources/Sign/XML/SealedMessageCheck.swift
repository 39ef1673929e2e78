import CXML
import Hashing
import Markup

/// The shape that a sealed message must have before its signature is looked at: validators pass over what they don't know, so a message
/// could carry data that nobody sealed. Here only the exact elements, attributes and algorithms of the profile are let through.
enum SealedMessageCheck {
    struct Parts {
        let signature: XMLElement
        /// In DER, the signer's certificate first; at least one.
        let certificates: [[UInt8]]
    }

    /// How many certificates a signature may carry.
    static let maximumCertificates = 8

    /// Far above every real message (600 elements, 10 levels, 2 namespaces, 6 attributes). Whoever is to judge a message that costs more
    /// would do the sender's work for minutes.
    static let cost = MarkupCost.Limits(
        elements: 10_000, depth: 64, attributes: 10_000, attributesOfOne: 32, namespaces: 1_000, namespacesInScope: 16, name: 256,
        namespaceName: 1_024)

    /// Looks at the bytes: size, encoding, declaration, DOCTYPE, and how much they ask of a parser.
    static func check(_ bytes: [UInt8]) throws(VerificationFailure) {
        guard bytes.count <= MessageVerifier.maximumBytes else {
            throw VerificationFailure(.tooLarge, "The message is larger than \(MessageVerifier.maximumBytes >> 20) MiB.")
        }
        let declaration = DocumentProlog.declaration
        let start = bytes.starts(with: declaration) ? declaration.count : 0
        guard !bytes[start...].starts(with: "<!DOCTYPE".utf8) else { throw VerificationFailure(.doctype, "The message has a DOCTYPE.") }
        guard bytes[start...].starts(with: "<\(SignatureProfile.rootName)".utf8), bytes.last == UInt8(ascii: ">") else {
            throw VerificationFailure(
                .malformed,
                "The message doesn't begin with ecocd's XML declaration and \(SignatureProfile.rootName), or doesn't end with its end tag.")
        }
        do throws(MarkupCost.Excess) { try MarkupCost.check(bytes, cost) } catch {
            throw VerificationFailure(.tooLarge, "The message \(error.reason).")
        }
    }

    /// Looks at the tree and takes the signature out of it.
    static func parts(of tree: borrowing XMLTree) throws(VerificationFailure) -> Parts {
        guard tree.document.pointee.intSubset == nil, tree.document.pointee.extSubset == nil else {
            throw VerificationFailure(.doctype, "The message has a DOCTYPE.")
        }
        let root = tree.root.node
        guard tree.document.pointee.children == root, root.pointee.next == nil,
            tree.root.is("InitialVehicleInformation", in: SignatureProfile.rootNamespace)
        else { throw VerificationFailure(.structure, "The document isn't an IVI 2.0 message.") }
        guard let last = root.pointee.last, last.pointee.type == XML_ELEMENT_NODE,
            XMLElement(node: last).is("Signature", in: SignatureProfile.namespace)
        else { throw VerificationFailure(.structure, "The message has no signature as the last child of its root.") }
        try checkBody(root, signature: last)
        return try signatureParts(XMLElement(node: last))
    }

    /// Everything but the signature: elements and text only, no second signature, nothing in the signature's namespace.
    private static func checkBody(_ root: UnsafeMutablePointer<xmlNode>, signature: UnsafeMutablePointer<xmlNode>)
        throws(VerificationFailure)
    {
        var node = root.pointee.children
        let rootNamespace = root.pointee.ns
        while let current = node, current != signature {
            switch current.pointee.type {
            case XML_TEXT_NODE: break
            case XML_ELEMENT_NODE:
                let element = XMLElement(node: current)
                guard !XMLElement.equal(current.pointee.name, "Signature"),
                    current.pointee.ns == rootNamespace || element.namespace != SignatureProfile.namespace
                else { throw VerificationFailure(.structure, "The message has a second signature, or parts of one.") }
            default:
                throw VerificationFailure(
                    .structure, "The message holds a comment, an instruction or a section, which a seal doesn't cover in the same way.")
            }
            node = following(current, root: root)
        }
    }

    /// The next node in document order, nil behind the root.
    private static func following(
        _ node: UnsafeMutablePointer<xmlNode>, root: UnsafeMutablePointer<xmlNode>
    ) -> UnsafeMutablePointer<xmlNode>? {
        if node.pointee.type == XML_ELEMENT_NODE, let child = node.pointee.children { return child }
        var current = node
        while current != root {
            if let next = current.pointee.next { return next }
            guard let parent = current.pointee.parent else { return nil }
            current = parent
        }
        return nil
    }

    private static func signatureParts(_ signature: XMLElement) throws(VerificationFailure) -> Parts {
        let parts = try children(of: signature, named: ["SignedInfo", "SignatureValue", "KeyInfo"])
        try checkSignedInfo(parts[0])
        _ = try base64(parts[1])
        let data = try children(of: parts[2], named: ["X509Data"])[0]
        try checkAttributes(data, [:])
        guard let elements = data.elementsOnly, !elements.isEmpty, elements.count <= maximumCertificates,
            elements.allSatisfy({ $0.is("X509Certificate", in: SignatureProfile.namespace) })
        else { throw VerificationFailure(.structure, "X509Data holds something other than one to \(maximumCertificates) certificates.") }
        var certificates: [[UInt8]] = []
        for element in elements { certificates.append(try base64(element)) }
        return Parts(signature: signature, certificates: certificates)
    }

    private static func checkSignedInfo(_ signedInfo: XMLElement) throws(VerificationFailure) {
        let parts = try children(of: signedInfo, named: ["CanonicalizationMethod", "SignatureMethod", "Reference"])
        try checkAlgorithm(parts[0], SignatureProfile.canonicalization)
        try checkAlgorithm(parts[1], SignatureProfile.signature)
        let reference = try children(of: parts[2], named: ["Transforms", "DigestMethod", "DigestValue"], attributes: ["URI": ""])
        try checkAlgorithm(try children(of: reference[0], named: ["Transform"])[0], SignatureProfile.transform)
        try checkAlgorithm(reference[1], SignatureProfile.digest)
        guard try base64(reference[2]).count == 32 else {
            throw VerificationFailure(.structure, "The signature's digest hasn't the length of SHA-256.")
        }
    }

    private static func checkAlgorithm(_ element: XMLElement, _ algorithm: String) throws(VerificationFailure) {
        guard element.attributes == ["Algorithm": algorithm] else {
            throw VerificationFailure(
                .algorithm, "\(element.name) is \(element.attributes?["Algorithm"] ?? "missing") where the profile asks for \(algorithm).")
        }
        guard element.node.pointee.children == nil else {
            throw VerificationFailure(.structure, "\(element.name) has parameters, which the profile doesn't know.")
        }
    }

    private static func checkAttributes(_ element: XMLElement, _ attributes: [String: String]) throws(VerificationFailure) {
        guard element.attributes == attributes else {
            throw VerificationFailure(.structure, "\(element.name) has other attributes than the profile allows.")
        }
    }

    /// The element's children, which must be exactly those named, in this order.
    private static func children(
        of element: XMLElement, named names: [StaticString], attributes: [String: String] = [:]
    ) throws(VerificationFailure) -> [XMLElement] {
        try checkAttributes(element, attributes)
        guard let children = element.elementsOnly, children.count == names.count,
            zip(children, names).allSatisfy({ $0.is($1, in: SignatureProfile.namespace) })
        else {
            let list = names.map { "\($0)" }.joined(separator: ", ")
            throw VerificationFailure(.structure, "\(element.name) holds something other than exactly \(list).")
        }
        return children
    }

    private static func base64(_ element: XMLElement) throws(VerificationFailure) -> [UInt8] {
        try checkAttributes(element, [:])
        guard let text = element.text, let bytes = Base64.decode(xml: text), !bytes.isEmpty else {
            throw VerificationFailure(.structure, "\(element.name) isn't Base64.")
        }
        return bytes
    }
}
