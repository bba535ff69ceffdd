//! The other side of the proof: answering a challenge (RFC 7616 §3.3, §3.4).

use super::{AccountKey, Algorithm};

/// Values longer than this are nobody's.
const VALUE_MAX: usize = 512;
/// Each challenge is answered once, so that its count stays at one.
const COUNT: &str = "00000001";

/// What a `WWW-Authenticate` or `Proxy-Authenticate` header asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    pub realm: String,
    nonce: String,
    opaque: Option<String>,
    algorithm: Algorithm,
    /// Whether `qop=auth` is offered; without it the older form is meant (RFC 2069).
    quality: bool,
    /// The proof was right, and only its nonce too old.
    pub stale: bool,
}

impl Challenge {
    /// Reads a header value. `None` for other schemes, for algorithms and
    /// qualities that are not understood, and for what lacks a part.
    pub fn parse(value: &str) -> Option<Self> {
        let (scheme, rest) = value.trim().split_once([' ', '\t'])?;
        if !scheme.eq_ignore_ascii_case("Digest") {
            return None;
        }
        let get = |wanted: &str| {
            crate::list::split(rest).find_map(|part| {
                let (name, value) = part.split_once('=')?;
                let known = name.trim().eq_ignore_ascii_case(wanted);
                known.then(|| super::authorization::unquoted(value.trim()))
            })
        };
        let qualities = get("qop");
        let quality = qualities
            .as_deref()
            .is_some_and(|it| it.split(',').any(|it| it.trim() == "auth"));
        if qualities.is_some() && !quality {
            return None;
        }
        let challenge = Self {
            realm: get("realm")?,
            nonce: get("nonce")?,
            opaque: get("opaque"),
            algorithm: Algorithm::named(get("algorithm").as_deref())?,
            quality,
            stale: get("stale").is_some_and(|it| it.eq_ignore_ascii_case("true")),
        };
        challenge.is_writable().then_some(challenge)
    }

    /// The first of several that is understood: the other end's dearest
    /// (RFC 7616 §3.7).
    pub fn first<'a>(values: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        values.into_iter().find_map(Self::parse)
    }

    /// The value of the `Authorization` or `Proxy-Authorization` header that
    /// proves the key of an account. `cnonce` is random, in letters and digits.
    pub fn answer(
        &self,
        username: &str,
        key: &AccountKey,
        method: &str,
        uri: &str,
        cnonce: &str,
    ) -> String {
        let Self {
            realm,
            nonce,
            algorithm,
            ..
        } = self;
        let known = key.of(*algorithm);
        let asked = algorithm.hash(&format!("{method}:{uri}"));
        let response = if self.quality {
            algorithm.hash(&format!("{known}:{nonce}:{COUNT}:{cnonce}:auth:{asked}"))
        } else {
            algorithm.hash(&format!("{known}:{nonce}:{asked}"))
        };
        let mut value = format!(
            "Digest username=\"{}\", realm=\"{}\", nonce=\"{}\", uri=\"{uri}\", \
             response=\"{response}\", algorithm={}",
            quoted(username),
            quoted(realm),
            quoted(nonce),
            algorithm.token(),
        );
        if self.quality {
            value.push_str(&format!(", cnonce=\"{cnonce}\", qop=auth, nc={COUNT}"));
        }
        if let Some(opaque) = &self.opaque {
            value.push_str(&format!(", opaque=\"{}\"", quoted(opaque)));
        }
        value
    }

    /// What is sent back must not write lines of its own.
    fn is_writable(&self) -> bool {
        let fits =
            |value: &String| value.len() <= VALUE_MAX && !value.chars().any(char::is_control);
        fits(&self.realm) && fits(&self.nonce) && self.opaque.as_ref().is_none_or(fits)
    }
}

fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::time::{Duration, Instant};

    use super::*;
    use crate::digest::{Authorization, Verifier};

    /// RFC 7616 §3.9.1.
    #[test]
    fn the_standards_own_example_is_answered_as_it_says() {
        let name = "Mufasa";
        let key = AccountKey::from_password(name, "http-auth@example.org", "Circle of Life");
        for (algorithm, response) in [
            ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
            (
                "SHA-256",
                "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
            ),
        ] {
            let challenge = Challenge::parse(&format!(
                "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm={algorithm}, \
                 nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", \
                 opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""
            ));
            let cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

            let value = challenge
                .unwrap()
                .answer(name, &key, "GET", "/dir/index.html", cnonce);

            assert!(
                value.contains(&format!("response=\"{response}\"")),
                "{value}"
            );
            assert!(value.contains("opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""));
        }
    }

    #[test]
    fn who_challenges_believes_the_answer_and_no_other() {
        let now = Instant::now();
        let algorithms = [Algorithm::Sha256, Algorithm::Md5];
        let lifetime = Duration::from_secs(60);
        let mut verifier = Verifier::new("minwon", &algorithms, [7; 32], lifetime, now);
        let challenges = verifier.challenges(false, now);
        let challenge = Challenge::first(challenges.iter().map(String::as_str)).unwrap();
        let key = AccountKey::from_password("agent", &challenge.realm, "right");
        let wrong = AccountKey::from_password("agent", &challenge.realm, "wrong");
        let answer =
            |proof: &AccountKey| challenge.answer("agent", proof, "REGISTER", "sip:h", "c");

        let right = Authorization::parse(&answer(&key)).unwrap();
        assert_eq!(verifier.verify(&right, "REGISTER", Some(&key), now), Ok(()));
        let guessed = Authorization::parse(&answer(&wrong)).unwrap();
        assert!(
            verifier
                .verify(&guessed, "REGISTER", Some(&key), now)
                .is_err()
        );
    }

    #[test]
    fn without_a_quality_the_older_form_is_used() {
        // RFC 2617 §3.5 with the response of RFC 2069 §2.4's form.
        let challenge = Challenge::parse("Digest realm=\"r\", nonce=\"n\"").unwrap();
        let key = AccountKey::from_password("u", "r", "p");
        let value = challenge.answer("u", &key, "INVITE", "sip:h", "c");
        let known = Algorithm::Md5.hash("u:r:p");
        let asked = Algorithm::Md5.hash("INVITE:sip:h");
        let expected = Algorithm::Md5.hash(&format!("{known}:n:{asked}"));

        assert!(value.contains(&expected), "{value}");
        assert!(!value.contains("qop"), "{value}");
    }

    #[test]
    fn what_cannot_be_answered_is_no_challenge() {
        for value in [
            "Basic realm=\"r\"",
            "Digest realm=\"r\"",
            "Digest realm=\"r\", nonce=\"n\", algorithm=SHA-512-256",
            "Digest realm=\"r\", nonce=\"n\", qop=\"auth-int\"",
            "Digest realm=\"r\", nonce=\"n\u{7}\"",
            "Digest",
            "",
        ] {
            assert_eq!(Challenge::parse(value), None, "{value}");
        }
    }
}
