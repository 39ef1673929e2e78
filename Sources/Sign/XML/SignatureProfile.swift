/// The algorithms of the profile `eucaris` (eCoC setup manual 1.5, pages 6 and 7), by their exact identifiers.
enum SignatureProfile {
    static let namespace = "http://www.w3.org/2000/09/xmldsig#"
    static let canonicalization = "http://www.w3.org/2001/10/xml-exc-c14n#"
    static let signature = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
    static let transform = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
    static let digest = "http://www.w3.org/2001/04/xmlenc#sha256"

    /// The root element that is sealed.
    static let rootName = "InitialVehicleInformation"
    static let rootNamespace = "http://eu.ereg.initialvehicleinformation.v2"
}
