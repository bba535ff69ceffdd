//! The first line of a message (RFC 3261 §7.1 and §7.2).

use super::fields::is_token;

const VERSION: &str = "SIP/2.0";

/// Every method anybody has standardized, so that an unknown one (501) can be
/// told from one that is not served here (405).
pub const METHODS: [(&str, Service); 14] = [
    ("ACK", Service::Served),
    ("BYE", Service::Served),
    ("CANCEL", Service::Served),
    ("INFO", Service::Served),
    ("INVITE", Service::Served),
    ("MESSAGE", Service::NotServed),
    ("NOTIFY", Service::Served),
    ("OPTIONS", Service::Served),
    ("PRACK", Service::NotServed),
    ("PUBLISH", Service::NotServed),
    ("REFER", Service::Served),
    ("REGISTER", Service::Served),
    ("SUBSCRIBE", Service::NotServed),
    ("UPDATE", Service::Served),
];

/// Whether requests of a method are served here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    Served,
    NotServed,
}

pub(super) enum StartLine {
    Request {
        method: String,
        uri: String,
        /// Whether it is of SIP/2.0; else 505.
        current: bool,
    },
    /// Begins like a request and is none.
    MalformedRequest {
        method: String,
    },
    Response {
        status: u16,
        reason: String,
    },
    MalformedResponse,
}

impl StartLine {
    /// `None` when it looks like neither.
    pub(super) fn read(line: &str) -> Option<Self> {
        if is_version(line.split(' ').next()?) {
            return Some(read_response(line).unwrap_or(Self::MalformedResponse));
        }
        let method = line.split([' ', '\t']).next()?;
        if !is_token(method) || !line.contains("SIP/") {
            return None;
        }
        // RFC 3261 §7.1: one space between, none within, none behind.
        let mut parts = line.split(' ');
        let request = (parts.next(), parts.next(), parts.next(), parts.next());
        Some(match request {
            (Some(method), Some(uri), Some(version), None)
                if !uri.is_empty() && is_version(version) =>
            {
                Self::Request {
                    method: method.to_owned(),
                    uri: uri.to_owned(),
                    current: version.eq_ignore_ascii_case(VERSION),
                }
            }
            _ => Self::MalformedRequest {
                method: method.to_owned(),
            },
        })
    }

    pub(super) fn to_line(&self) -> String {
        match self {
            Self::Request { method, uri, .. } => format!("{method} {uri} {VERSION}"),
            Self::Response { status, reason } => format!("{VERSION} {status} {reason}"),
            // Neither is ever passed on.
            Self::MalformedRequest { .. } | Self::MalformedResponse => String::new(),
        }
    }

    pub(super) fn method(&self) -> Option<&str> {
        match self {
            Self::Request { method, .. } | Self::MalformedRequest { method } => Some(method),
            Self::Response { .. } | Self::MalformedResponse => None,
        }
    }
}

/// `SIP/` and two numbers; letters in whatever case (RFC 3261 §7.1).
fn is_version(word: &str) -> bool {
    let Some((name, numbers)) = word.split_once('/') else {
        return false;
    };
    let digits = |it: &str| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit());
    name.eq_ignore_ascii_case("SIP")
        && numbers
            .split_once('.')
            .is_some_and(|(major, minor)| digits(major) && digits(minor))
}

fn read_response(line: &str) -> Option<StartLine> {
    let mut parts = line.splitn(3, ' ');
    let version = parts.next()?;
    let status = parts.next()?;
    // The space before an empty reason is written (RFC 4475 §3.1.1.13).
    let reason = parts.next()?;
    let three = status.len() == 3 && status.bytes().all(|it| it.is_ascii_digit());
    let status: u16 = status.parse().ok()?;
    (three && version.eq_ignore_ascii_case(VERSION) && (100..700).contains(&status)).then(|| {
        StartLine::Response {
            status,
            reason: reason.to_owned(),
        }
    })
}
