//! A browser as far as the console's rules go: TLS, cookies, forms; it follows nothing by
//! itself.

use std::{collections::BTreeMap, fs, process::Stdio, sync::Arc};

use http_body_util::{BodyExt, Full};
use hyper::{
    Request,
    body::Bytes,
    header::{CONTENT_TYPE, COOKIE, HeaderMap, LOCATION, ORIGIN, SET_COOKIE},
};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use request::Timestamp;
use tokio::{io::AsyncWriteExt, process::Command};
use tokio_rustls::rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject},
    version::TLS13,
};

use crate::office::{Office, TUESDAY_10_00};

const EXCHANGE: &str = env!("CARGO_BIN_EXE_minwon-exchange");
pub(crate) const PASSPHRASE: &str = "blue kite over gaon";

pub(crate) struct Visitor {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    url: String,
    pub(crate) cookies: BTreeMap<String, String>,
    /// The page that was seen last: its forms are at hand.
    page: String,
}

/// What a browser is told.
pub(crate) struct Told {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Told {
    #[track_caller]
    pub(crate) fn says(&self, words: &str) -> &Self {
        assert!(self.text.contains(words), "no {words} in {}", self.text);
        self
    }

    #[track_caller]
    pub(crate) fn never_says(&self, words: &str) -> &Self {
        assert!(!self.text.contains(words), "{words} in {}", self.text);
        self
    }

    #[track_caller]
    pub(crate) fn leads_to(&self, path: &str) -> &Self {
        assert_eq!((self.status, self.location()), (303, path), "{}", self.text);
        self
    }

    pub(crate) fn location(&self) -> &str {
        let location = self.headers.get(LOCATION);
        location.map_or("", |it| it.to_str().unwrap())
    }
}

impl Visitor {
    /// Trusts the exchange's own authority alone, as of its own clock.
    pub(crate) fn new(office: &Office) -> Self {
        let mut roots = RootCertStore::empty();
        let authority = fs::read(office.data().join("keys/line/authority.pem")).unwrap();
        let authority = CertificateDer::from_pem_slice(&authority).unwrap();
        roots.add(authority).unwrap();
        let clock = identity::Clock::new(|| Timestamp::from_millis(TUESDAY_10_00 + 60_000));
        let config =
            ClientConfig::builder_with_details(Arc::new(ring::default_provider()), Arc::new(clock))
                .with_protocol_versions(&[&TLS13])
                .unwrap()
                .with_root_certificates(roots)
                .with_no_client_auth();
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(config)
            .https_only()
            .enable_http1()
            .build();
        Self {
            client: Client::builder(TokioExecutor::new()).build(connector),
            url: format!("https://{}", office.console()),
            cookies: BTreeMap::new(),
            page: String::new(),
        }
    }

    /// An operator of this name and role who has signed in.
    pub(crate) async fn signed_in(office: &Office, name: &str, role: &str) -> Self {
        let (code, said) = operator(office, &["add", name, "--role", role], PASSPHRASE).await;
        assert_eq!(code, Some(0), "{said}");
        let mut visitor = Self::new(office);
        visitor.sign_in(name, PASSPHRASE).await.leads_to("/");
        visitor
    }

    pub(crate) async fn sign_in(&mut self, name: &str, passphrase: &str) -> Told {
        self.see("/sign-in").await;
        self.send("/sign-in", &[("name", name), ("passphrase", passphrase)])
            .await
    }

    pub(crate) async fn see(&mut self, path: &str) -> Told {
        let question = self.question("GET", path);
        self.ask(question.body(Full::default()).unwrap()).await
    }

    /// Fills in a form of the page that was seen last and sends it.
    pub(crate) async fn send(&mut self, action: &str, fields: &[(&str, &str)]) -> Told {
        let mark = self.mark(action).unwrap_or_default();
        let fields = [&[("form", mark.as_str())], fields].concat();
        let origin = self.url.clone();
        self.force(action, &fields, &[("origin", &origin)]).await
    }

    /// What a form bears that is sent to this place.
    pub(crate) fn mark(&self, action: &str) -> Option<String> {
        let (_, form) = self.page.split_once(&format!("action=\"{action}\""))?;
        let (_, value) = form.split_once("name=\"form\" value=\"")?;
        Some(value.split('"').next()?.to_owned())
    }

    /// Sends fields as they are, with such headers.
    pub(crate) async fn force(
        &mut self,
        action: &str,
        fields: &[(&str, &str)],
        headers: &[(&str, &str)],
    ) -> Told {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let mut question = self.question("POST", action);
        question = question.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        for (name, value) in headers {
            question = question.header(*name, *value);
        }
        self.ask(question.body(body.into()).unwrap()).await
    }

    /// Any body of any kind.
    pub(crate) async fn pour(&mut self, action: &str, kind: &str, body: Vec<u8>) -> Told {
        let question = self.question("POST", action);
        let question = question
            .header(CONTENT_TYPE, kind)
            .header(ORIGIN, self.url.clone());
        self.ask(question.body(body.into()).unwrap()).await
    }

    fn question(&self, method: &str, path: &str) -> hyper::http::request::Builder {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.url))
            .header(COOKIE, cookies.join("; "))
    }

    async fn ask(&mut self, question: Request<Full<Bytes>>) -> Told {
        let answer = self.client.request(question).await.unwrap();
        let (parts, body) = answer.into_parts();
        for cookie in parts.headers.get_all(SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            for wanted in ["Path=/", "Secure", "HttpOnly", "SameSite=Strict"] {
                assert!(cookie.contains(wanted), "{cookie}");
            }
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            assert!(name.starts_with("__Host-"), "{cookie}");
            match cookie.contains("Max-Age=0") {
                true => drop(self.cookies.remove(name)),
                false => drop(self.cookies.insert(name.to_owned(), value.to_owned())),
            }
        }
        let bytes = body.collect().await.unwrap().to_bytes();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        self.page.clone_from(&text);
        Told {
            status: parts.status.as_u16(),
            headers: parts.headers,
            text,
        }
    }
}

/// The command by which operators are appointed.
pub(crate) async fn operator(
    office: &Office,
    words: &[&str],
    passphrase: &str,
) -> (Option<i32>, String) {
    let mut child = Command::new(EXCHANGE)
        .arg("operator")
        .args(words)
        .arg("--data")
        .arg(office.data())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut typed = child.stdin.take().unwrap();
    // Whoever needs none may be gone already.
    let _ = typed.write_all(format!("{passphrase}\n").as_bytes()).await;
    drop(typed);
    let output = child.wait_with_output().await.unwrap();
    let text = [&output.stdout[..], &output.stderr[..]].concat();
    (output.status.code(), String::from_utf8(text).unwrap())
}

/// The audit as `who act subject`, the oldest first.
pub(crate) fn audit(office: &Office) -> Vec<String> {
    let rows = ledger::Store::audit_in(&office.data().join("exchange.sqlite")).unwrap();
    let rows = rows.into_iter().rev();
    rows.map(|it| format!("{} {} {}", it.who, it.act, it.subject))
        .collect()
}
