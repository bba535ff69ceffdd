//! A certificate that runs out, asked for anew.

use serde::{Deserialize, Serialize};

/// `POST /v1/stations/{station}/certificate`; the answer is the certificate, in PEM.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renewal {
    /// A request for the line's key (PKCS #10) in DER, in base64.
    pub request: String,
}
