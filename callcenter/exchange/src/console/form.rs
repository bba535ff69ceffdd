//! Forms of the console: read, and believed only when this session made them.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
    http::{
        HeaderMap,
        header::{CONTENT_TYPE, HOST, HeaderName, ORIGIN},
    },
};
use maud::{Markup, html};

use super::{
    fault::Fault,
    session::Forms,
    signed::{Signed, Visitor},
};
use crate::http::Exchange;

/// The field that bears a form's mark.
const MARK: &str = "form";
/// For the audit, after "was refused to".
const NOT_THEIRS: &str = "use a form that is not of this session";
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const FORM: &str = "application/x-www-form-urlencoded";

/// What stands in a form's fields.
pub(super) struct Fields(BTreeMap<String, String>);

/// A form that an operator's own page has sent.
pub(super) struct Filled {
    pub(super) who: Signed,
    pub(super) fields: Fields,
}

/// A form that was sent before anybody has signed in.
pub(super) struct Knock {
    pub(super) visitor: Visitor,
    pub(super) fields: Fields,
}

impl Fields {
    /// Without the spaces around it; empty where it is missing.
    pub(super) fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |it| it.trim())
    }

    /// To the letter, and gone from here.
    pub(super) fn take(&mut self, name: &str) -> String {
        self.0.remove(name).unwrap_or_default()
    }

    fn bears(&self, path: &str, forms: &Forms) -> Result<(), Fault> {
        let mark = self.0.get(MARK).map_or("", String::as_str);
        forms
            .made(path, mark)
            .then_some(())
            .ok_or(Fault::NotOurForm)
    }
}

impl FromRequest<Arc<Exchange>> for Filled {
    type Rejection = Fault;

    async fn from_request(question: Request, exchange: &Arc<Exchange>) -> Result<Self, Fault> {
        let (mut parts, body) = question.into_parts();
        let who = Signed::from_request_parts(&mut parts, exchange).await?;
        let path = parts.uri.path().to_owned();
        let read = read(Request::from_parts(parts, body)).await;
        let borne = read.and_then(|it| it.bears(&path, &who.forms).map(|()| it));
        if let Err(Fault::NotOurForm) = &borne {
            let (store, now) = (&exchange.issuer.store, exchange.issuer.clock.now());
            store.note(&who.name, "was refused to", NOT_THEIRS, now)?;
            tracing::warn!(
                operator = who.name,
                "A form came that this session did not make"
            );
        }
        Ok(Self {
            fields: borne?,
            who,
        })
    }
}

impl FromRequest<Arc<Exchange>> for Knock {
    type Rejection = Fault;

    async fn from_request(question: Request, exchange: &Arc<Exchange>) -> Result<Self, Fault> {
        let (mut parts, body) = question.into_parts();
        let visitor = Visitor::from_request_parts(&mut parts, exchange).await?;
        let path = parts.uri.path().to_owned();
        let fields = read(Request::from_parts(parts, body)).await?;
        let door = visitor.door.as_ref().ok_or(Fault::NotOurForm)?;
        fields.bears(&at_door(&path, &door.digits()), &exchange.console.door)?;
        Ok(Self { visitor, fields })
    }
}

async fn read(question: Request) -> Result<Fields, Fault> {
    is_of_our_pages(question.headers())?;
    let kind = question.headers().get(CONTENT_TYPE);
    let kind = kind.and_then(|it| it.to_str().ok()).unwrap_or_default();
    if kind.split(';').next().map(str::trim) != Some(FORM) {
        return Err(Fault::NotAForm);
    }
    let body = Bytes::from_request(question, &()).await;
    let body = body.map_err(|_| Fault::NotAForm)?;
    if std::str::from_utf8(&body).is_err() {
        return Err(Fault::NotAForm);
    }
    let fields = form_urlencoded::parse(&body).into_owned();
    Ok(Fields(fields.collect()))
}

/// A browser says from where a form comes, and no page can make it say something else.
fn is_of_our_pages(headers: &HeaderMap) -> Result<(), Fault> {
    let said = |name| headers.get(name).and_then(|it| it.to_str().ok());
    let host = said(HOST).unwrap_or_default();
    let is_ours = said(FETCH_SITE).is_none_or(|it| it == "same-origin")
        && said(ORIGIN).is_none_or(|it| it.strip_prefix("https://") == Some(host));
    is_ours.then_some(()).ok_or(Fault::NotOurForm)
}

/// For a form before anybody has signed in: it is bound to the browser's own cookie.
pub(super) fn at_door(path: &str, door: &str) -> String {
    format!("{path} {door}")
}

/// A form whose button does what it says.
pub(super) fn form(who: &Signed, action: &str, fields: &Markup) -> Markup {
    marked(action, &who.forms.mark(action), fields)
}

pub(super) fn marked(action: &str, mark: &str, fields: &Markup) -> Markup {
    html! {
        form method="post" action=(action) {
            input type="hidden" name=(MARK) value=(mark);
            (fields)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_of_another_page_is_known_by_what_the_browser_says() {
        for (site, origin, ours) in [
            (None, None, true),
            (Some("same-origin"), Some("https://office:9443"), true),
            (Some("same-origin"), Some("https://office"), false),
            (Some("same-origin"), Some("http://office:9443"), false),
            (Some("same-site"), Some("https://office:9443"), false),
            (Some("cross-site"), None, false),
            (None, Some("null"), false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(HOST, "office:9443".parse().expect("a header's value"));
            for (name, value) in [(FETCH_SITE, site), (ORIGIN, origin)] {
                if let Some(value) = value {
                    headers.insert(name, value.parse().expect("a header's value"));
                }
            }
            assert_eq!(
                is_of_our_pages(&headers).is_ok(),
                ours,
                "{site:?} {origin:?}"
            );
        }
    }
}
