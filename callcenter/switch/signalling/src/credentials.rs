//! What a telephone of ours proves itself with elsewhere.

use privacy::Personal;
use rsipstack::sip::{Header, Response, StatusCode};
use sip::digest::{AccountKey, Challenge};

/// Octets of the client's own nonce.
const CNONCE: usize = 16;

/// An account at another switch, and its password.
#[derive(Clone, Debug)]
pub struct Credentials {
    pub account: Personal<String>,
    pub password: Personal<String>,
}

impl Credentials {
    /// The header that answers the challenges of a 401 or 407 to a request of
    /// this method. `None` for other responses, and for challenges that are not
    /// understood.
    pub(crate) fn answer(&self, response: &Response, method: &str, uri: &str) -> Option<Header> {
        let by_proxy = response.status_code == StatusCode::ProxyAuthenticationRequired;
        if !by_proxy && response.status_code != StatusCode::Unauthorized {
            return None;
        }
        let asking = if by_proxy {
            "Proxy-Authenticate"
        } else {
            "WWW-Authenticate"
        };
        let challenges = response.headers.iter();
        let challenges = challenges.filter(|it| it.name().eq_ignore_ascii_case(asking));
        let challenge = Challenge::first(challenges.map(Header::value))?;
        let mut cnonce = [0_u8; CNONCE];
        getrandom::fill(&mut cnonce).ok()?;
        let cnonce: String = cnonce.iter().map(|it| format!("{it:02x}")).collect();
        let account = self.account.reveal();
        let key = AccountKey::from_password(account, &challenge.realm, self.password.reveal());
        let value = challenge.answer(account, &key, method, uri, &cnonce);
        Some(if by_proxy {
            Header::ProxyAuthorization(value.into())
        } else {
            Header::Authorization(value.into())
        })
    }
}
