#pragma once
#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ess.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>
#include <openssl/ts.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

// Composite macros, which Swift's importer leaves out.
// RFC 2253 order and escapes, but letters beyond ASCII stay UTF-8 instead of becoming \C3\A9.
static const unsigned long ecocd_name_format = XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB;
static const int ecocd_name_add_utf8 = MBSTRING_UTF8;
static const int ecocd_ts_verify_flags = TS_VFY_VERSION | TS_VFY_SIGNATURE;
