//! Asking for a certificate: a request for a key that stays where it is (PKCS #10, RFC 2986).

use rcgen::{CertificateParams, DistinguishedName, DnType, KeyPair};

/// A request in DER for the key in PEM (PKCS#8), which proves that the private half is here.
///
/// # Errors
/// When the text is no key, or it cannot be signed.
pub fn certificate_request(key_pem: &str, name: &str) -> Result<Vec<u8>, rcgen::Error> {
    let key = KeyPair::from_pem(key_pem)?;
    let mut parameters = CertificateParams::default();
    parameters.distinguished_name = DistinguishedName::new();
    parameters.distinguished_name.push(DnType::CommonName, name);
    Ok(parameters.serialize_request(&key)?.der().to_vec())
}
