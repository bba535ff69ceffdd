//! Enrolment without a network: a machine's request as a text that it prints, and the answer as
//! one that its scanner reads. Letters and digits that a QR code takes, in base64url.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

const REQUEST: &str = "MINWON-REQ1:";
const CERTIFICATE: &str = "MINWON-CERT1:";

/// What a machine has printed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Request<'a> {
    pub station: &'a str,
    /// Of its label. A secret.
    pub code: &'a str,
    /// For its key (PKCS #10), as base64url.
    request: &'a str,
}

/// Why a text is no such request or answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotOnPaper {
    #[error("this is not what a machine prints: {REQUEST} and three parts follow one another")]
    Request,
    #[error("this is not what an exchange answers: it begins with {CERTIFICATE}")]
    Certificate,
    #[error("part of the request or the answer was lost or altered on its way")]
    CutOff,
}

/// A request (PKCS #10) in DER, as the text that is carried by hand.
pub fn request_text(station: &str, code: &str, request: &[u8]) -> String {
    format!(
        "{REQUEST}{station}:{code}:{}",
        URL_SAFE_NO_PAD.encode(request)
    )
}

impl<'a> Request<'a> {
    /// # Errors
    /// When the text is no such request.
    pub fn read(text: &'a str) -> Result<Self, NotOnPaper> {
        let parts = text.trim().strip_prefix(REQUEST);
        let parts: Vec<&str> = parts.map(|it| it.split(':').collect()).unwrap_or_default();
        let [station, code, request] = parts.as_slice() else {
            return Err(NotOnPaper::Request);
        };
        Ok(Self {
            station,
            code,
            request,
        })
    }

    /// The request itself, in DER.
    ///
    /// # Errors
    /// When it is not whole.
    pub fn der(&self) -> Result<Vec<u8>, NotOnPaper> {
        let der = URL_SAFE_NO_PAD.decode(self.request);
        der.map_err(|_| NotOnPaper::CutOff)
    }
}

/// A certificate in DER, as the text of the answer.
pub fn certificate_text(certificate: &[u8]) -> String {
    format!("{CERTIFICATE}{}", URL_SAFE_NO_PAD.encode(certificate))
}

/// The certificate of an answer, in DER.
///
/// # Errors
/// When the text is no such answer.
pub fn read_certificate(text: &str) -> Result<Vec<u8>, NotOnPaper> {
    let der = text.trim().strip_prefix(CERTIFICATE);
    let der = URL_SAFE_NO_PAD.decode(der.ok_or(NotOnPaper::Certificate)?);
    der.map_err(|_| NotOnPaper::CutOff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_end_writes_the_other_reads_and_nothing_else() {
        let text = request_text("gaon-1", "0123", &[0, 255, 62]);
        assert_eq!(text, "MINWON-REQ1:gaon-1:0123:AP8-");
        let read = Request::read(&text).map(|it| (it.station, it.code, it.der()));
        assert_eq!(read, Ok(("gaon-1", "0123", Ok(vec![0, 255, 62]))));
        let der = |text| Request::read(text).and_then(|it| it.der());
        assert_eq!(der("MINWON-REQ1:gaon-1:0123:AP8+"), Err(NotOnPaper::CutOff));
        for other in [
            "",
            "MINWON-REQ1:a:b",
            "MINWON-REQ1:a:b:c:d",
            "MINWON-CERT1:AP8-",
        ] {
            assert_eq!(der(other), Err(NotOnPaper::Request), "{other}");
        }

        let text = certificate_text(&[0, 255, 62]);
        assert_eq!(text, "MINWON-CERT1:AP8-");
        assert_eq!(
            read_certificate(" MINWON-CERT1:AP8-\n"),
            Ok(vec![0, 255, 62])
        );
        assert_eq!(read_certificate("MINWON-CERT1:AA"), Ok(vec![0]));
        assert_eq!(read_certificate("MINWON-CERT1:A"), Err(NotOnPaper::CutOff));
        assert_eq!(read_certificate("AP8-"), Err(NotOnPaper::Certificate));
    }
}
