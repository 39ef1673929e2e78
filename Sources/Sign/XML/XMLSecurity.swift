import CXML

/// libxml2 and libxmlsec1 with OpenSSL, made ready once in the process and never shut down.
enum XMLSecurity {
    /// Whether both libraries are ready. Swift runs this initialiser once, whichever thread comes first.
    static let isReady: Bool = {
        xmlInitParser()
        guard xmlSecInit() == 0, xmlSecOpenSSLAppInit(nil) == 0, xmlSecOpenSSLInit() == 0 else { return false }
        // Last, since the start of the OpenSSL part puts a callback of its own that prints.
        xmlSecErrorsSetCallback(XMLErrorLog.receiveXMLSecurity)
        return true
    }()
}
