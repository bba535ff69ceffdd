//! Who asks at the console, and in which language.

use std::{sync::Arc, time::Instant};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, Uri, header::COOKIE, request::Parts},
};
use ledger::Role;

use super::{
    Language,
    fault::Fault,
    role::Act,
    session::{Forms, Holder, Key, SessionId, Stamp},
};
use crate::http::Exchange;

/// The cookies' names: a browser takes `__Host-` over TLS alone and gives it to nobody
/// else (RFC 6265bis, 4.1.3.2).
pub(super) const SESSION: &str = "__Host-minwon-console";
pub(super) const DOOR: &str = "__Host-minwon-door";
const LANGUAGE: &str = "__Host-minwon-language";

/// An operator who has signed in.
#[derive(Clone)]
pub(super) struct Signed {
    pub(super) name: String,
    pub(super) role: Role,
    pub(super) language: Language,
    pub(super) session: SessionId,
    pub(super) forms: Forms,
}

/// Somebody at the door, perhaps nobody yet.
pub(super) struct Visitor {
    pub(super) language: Language,
    pub(super) session: Option<SessionId>,
    pub(super) door: Option<Key>,
}

impl Signed {
    pub(super) fn may(&self, act: Act) -> bool {
        act.is_for(self.role)
    }

    /// # Errors
    /// When the role does not let them, which the audit tells.
    pub(super) fn must(&self, exchange: &Exchange, act: Act) -> Result<(), Fault> {
        if self.may(act) {
            return Ok(());
        }
        let now = exchange.issuer.clock.now();
        let store = &exchange.issuer.store;
        store.note(&self.name, "was refused to", act.in_words(), now)?;
        tracing::warn!(operator = self.name, ?act, "An operator was refused an act");
        Err(Fault::NotAllowed(act))
    }
}

impl FromRequestParts<Arc<Exchange>> for Signed {
    type Rejection = Fault;

    async fn from_request_parts(
        parts: &mut Parts,
        exchange: &Arc<Exchange>,
    ) -> Result<Self, Fault> {
        let visitor = Visitor::of(parts);
        let session = visitor.session.ok_or(Fault::SignedOut)?;
        let touched = exchange.console.sessions().touch(session, Instant::now());
        let Holder {
            operator,
            stamp,
            forms,
        } = touched.ok_or(Fault::SignedOut)?;
        // Looked up each time: who was struck off, or has another passphrase, is out.
        let operator = exchange.issuer.store.operator(&operator)?;
        let operator = operator.filter(|it| Stamp::of(&it.passphrase) == stamp);
        let operator = operator.ok_or(Fault::SignedOut)?;
        Ok(Self {
            name: operator.name,
            role: operator.role,
            language: visitor.language,
            session,
            forms,
        })
    }
}

impl FromRequestParts<Arc<Exchange>> for Visitor {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<Exchange>) -> Result<Self, Fault> {
        Ok(Self::of(parts))
    }
}

impl Visitor {
    fn of(parts: &Parts) -> Self {
        let key = |name| cookie(&parts.headers, name).and_then(Key::read);
        let chosen = parts.extensions.get::<Language>().copied();
        Self {
            language: chosen.unwrap_or(Language::Korean),
            session: key(SESSION).map(|it| it.id()),
            door: key(DOOR),
        }
    }
}

/// What was asked for, or chosen before, or what the browser prefers; and the cookie to
/// set when it was chosen just now.
pub(super) fn language(uri: &Uri, headers: &HeaderMap) -> (Language, Option<String>) {
    let query = uri.query().unwrap_or_default();
    let asked = query.split('&').find_map(|it| it.strip_prefix("lang="));
    let before = cookie(headers, LANGUAGE);
    let language = Language::of(asked.or(before), headers);
    let chosen = asked == Some(language.code());
    let cookie = chosen.then(|| keep(LANGUAGE, language.code()));
    (language, cookie)
}

/// A cookie that no script reads and no other site sends.
pub(super) fn keep(name: &str, value: &str) -> String {
    format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite=Strict")
}

pub(super) fn forget(name: &str) -> String {
    format!("{name}=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0")
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(COOKIE).into_iter();
    all.filter_map(|it| it.to_str().ok())
        .flat_map(|it| it.split(';'))
        .filter_map(|it| it.trim().split_once('='))
        .find_map(|(known, value)| (known == name).then_some(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_by_its_whole_name_among_others() {
        let mut headers = HeaderMap::new();
        let value = format!("a=b; x{SESSION}=1; {SESSION}=2;{SESSION}=3; empty");
        headers.append(COOKIE, value.parse().expect("a header's value"));

        assert_eq!(cookie(&headers, SESSION), Some("2"));
        assert_eq!(cookie(&headers, DOOR), None);
    }

    #[test]
    fn a_language_is_kept_when_it_was_chosen_and_only_then() {
        let of = |uri: &str, kept: &str| {
            let mut headers = HeaderMap::new();
            headers.append(COOKIE, kept.parse().expect("a header's value"));
            let (language, cookie) = language(&uri.parse().expect("an address"), &headers);
            (language, cookie.is_some())
        };

        let english = format!("{LANGUAGE}=en");
        assert_eq!(of("/", ""), (Language::Korean, false));
        assert_eq!(of("/?lang=en", ""), (Language::English, true));
        assert_eq!(
            of("/stations?a=b&lang=ko", &english),
            (Language::Korean, true)
        );
        assert_eq!(of("/", &english), (Language::English, false));
        assert_eq!(of("/?lang=en%0d%0a", ""), (Language::Korean, false));
    }
}
