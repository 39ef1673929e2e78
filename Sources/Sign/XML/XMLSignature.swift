import CXML

/// One verification by libxmlsec1.
///
/// The key is given, so libxmlsec1 reads no KeyInfo and needs no keys manager: each call has a context of its own and shares nothing.
enum XMLSignature {
    /// Throws unless the signature element verifies with the key of the certificate, over the whole document that it stands in.
    static func verify(_ signature: XMLElement, signer: X509Certificate) throws(VerificationFailure) {
        let log = XMLErrorLog()
        let status = log.capturing { Self.status(of: signature, signer: signer) }
        switch status {
        case xmlSecDSigStatusSucceeded: return
        case xmlSecDSigStatusInvalid:
            throw VerificationFailure(.signature, "The message isn't the one that was sealed: \(log.text).")
        default:
            throw VerificationFailure(.signature, "The seal can't be verified: \(log.text).")
        }
    }

    private static func status(of signature: XMLElement, signer: X509Certificate) -> xmlSecDSigStatus {
        guard let context = xmlSecDSigCtxCreate(nil) else { return xmlSecDSigStatusUnknown }
        defer { xmlSecDSigCtxDestroy(context) }  // destroys the key with it
        guard let key = key(of: signer) else { return xmlSecDSigStatusUnknown }
        context.pointee.signKey = key
        guard restrict(context), xmlSecDSigCtxVerify(context, signature.node) == 0 else { return xmlSecDSigStatusUnknown }
        return context.pointee.status
    }

    /// The signer's public key as libxmlsec1 wants it; the caller owns it.
    private static func key(of signer: X509Certificate) -> xmlSecKeyPtr? {
        guard let publicKey = signer.retainedPublicKey() else { return nil }
        guard let value = xmlSecOpenSSLEvpKeyAdopt(publicKey) else {
            X509Certificate.release(publicKey: publicKey)
            return nil
        }
        guard let key = xmlSecKeyCreate() else {
            xmlSecKeyDataDestroy(value)
            return nil
        }
        guard xmlSecKeySetValue(key, value) == 0 else {
            xmlSecKeyDataDestroy(value)
            xmlSecKeyDestroy(key)
            return nil
        }
        return key
    }

    /// Lets libxmlsec1 use the profile's algorithms only, whatever the document says.
    private static func restrict(_ context: xmlSecDSigCtxPtr) -> Bool {
        context.pointee.enabledReferenceUris = xmlSecTransformUriType(xmlSecTransformUriTypeEmpty)
        return xmlSecDSigCtxEnableReferenceTransform(context, xmlSecTransformEnvelopedGetKlass()) == 0
            && xmlSecDSigCtxEnableReferenceTransform(context, xmlSecOpenSSLTransformSha256GetKlass()) == 0
            && xmlSecDSigCtxEnableSignatureTransform(context, xmlSecTransformExclC14NGetKlass()) == 0
            && xmlSecDSigCtxEnableSignatureTransform(context, xmlSecOpenSSLTransformRsaSha256GetKlass()) == 0
    }
}
