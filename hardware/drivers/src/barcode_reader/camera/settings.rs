//! Where a camera gives its pictures.

use std::{fmt, str::FromStr};

use base64::{Engine, prelude::BASE64_STANDARD};
use zeroize::Zeroizing;

const PORT: &str = "80";
const LENGTH_MAX: usize = 1024;

/// Such as `http://camera.local:8080/?action=stream`, or with `user:password@` before the host.
#[derive(Clone, PartialEq, Eq)]
pub struct CameraSettings {
    host: String,
    path: String,
    /// For the Basic scheme (RFC 7617).
    credentials: Option<Zeroizing<String>>,
}

/// Why an address is none of a camera's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CameraAddressFault {
    #[error("a camera's address begins with http://")]
    Scheme,
    #[error("a camera's address names a host")]
    Host,
    #[error("a camera's address has something in it that no address has, or is too long")]
    Letters,
}

impl FromStr for CameraSettings {
    type Err = CameraAddressFault;

    fn from_str(address: &str) -> Result<Self, CameraAddressFault> {
        // Nothing of it can end a line of the question, then.
        if address.len() > LENGTH_MAX || !address.bytes().all(|it| it.is_ascii_graphic()) {
            return Err(CameraAddressFault::Letters);
        }
        let rest = address
            .strip_prefix("http://")
            .ok_or(CameraAddressFault::Scheme)?;
        let (authority, path) = rest.find('/').map_or((rest, "/"), |it| rest.split_at(it));
        let (user, host) = authority
            .rsplit_once('@')
            .map_or((None, authority), |(user, host)| (Some(user), host));
        if host.is_empty() || host.starts_with(':') || host.contains(['?', '#']) {
            return Err(CameraAddressFault::Host);
        }
        Ok(Self {
            host: host.to_owned(),
            path: path.split('#').next().unwrap_or(path).to_owned(),
            credentials: user.map(|it| Zeroizing::new(BASE64_STANDARD.encode(it))),
        })
    }
}

impl CameraSettings {
    /// Host and port, to be connected to.
    pub fn address(&self) -> String {
        let port = self.host.rsplit_once(':').map(|(_, port)| port);
        match port.filter(|port| port.parse::<u16>().is_ok()) {
            Some(_) => self.host.clone(),
            None => format!("{}:{PORT}", self.host),
        }
    }

    /// What it is asked (RFC 9112, 3).
    pub(super) fn question(&self) -> Vec<u8> {
        let Self { host, path, .. } = self;
        let mut question =
            format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: multipart/x-mixed-replace\r\n");
        if let Some(credentials) = &self.credentials {
            question += &format!("Authorization: Basic {}\r\n", credentials.as_str());
        }
        question += "Connection: close\r\n\r\n";
        question.into_bytes()
    }
}

impl fmt::Debug for CameraSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CameraSettings")
            .field("host", &self.host)
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_host_a_port_and_a_path() {
        for (address, to, line) in [
            ("http://camera", "camera:80", "GET / HTTP/1.1"),
            (
                "http://10.0.0.7:8080/?action=stream",
                "10.0.0.7:8080",
                "GET /?action=stream HTTP/1.1",
            ),
            (
                "http://[fe80::1]/video#top",
                "[fe80::1]:80",
                "GET /video HTTP/1.1",
            ),
        ] {
            let settings: Result<CameraSettings, _> = address.parse();
            let said = settings.as_ref().map(|it| (it.address(), it.question()));
            let (there, question) = said.unwrap_or_default();
            assert_eq!(there, to, "{address}");
            assert!(question.starts_with(line.as_bytes()), "{address}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused_and_a_password_is_in_no_log() {
        for (address, fault) in [
            ("rtsp://camera/1", CameraAddressFault::Scheme),
            ("http://", CameraAddressFault::Host),
            ("http://:80/", CameraAddressFault::Host),
            (
                "http://camera/ HTTP/1.1\r\nX: y",
                CameraAddressFault::Letters,
            ),
        ] {
            let settings: Result<CameraSettings, _> = address.parse();
            assert_eq!(settings, Err(fault), "{address}");
        }
        let settings: Result<CameraSettings, _> = "http://clerk:secret@camera/".parse();
        assert!(!format!("{settings:?}").contains("secret"));
        let question = settings.map(|it| it.question()).unwrap_or_default();
        let question = String::from_utf8_lossy(&question).into_owned();
        assert!(
            question.contains("\r\nAuthorization: Basic Y2xlcms6c2VjcmV0\r\n"),
            "{question}"
        );
    }
}
