//! Who is at the other end of a line: certificates of stations, agents and the
//! exchange, and the mutual TLS (1.3, RFC 8446) that checks them.
//!
//! A certificate says who somebody is; whether they still belong here is the
//! exchange's roster. The time by which certificates are judged is an argument.

mod asking;
mod authority;
mod carried;
mod credentials;
mod refusal;
mod requested_key;
mod subject;
mod switch;
mod tls;

pub use asking::certificate_request;
pub use authority::{AuthorityError, Certified, Issued, LineAuthority, NotCertified};
pub use carried::{NotTheirs, is_issued_to};
pub use credentials::{Credentials, CredentialsFault};
pub use refusal::{Refusal, refusal};
pub use request::AgentId;
pub use requested_key::requested_key;
pub use subject::{Fingerprint, NotFingerprint, Party, Subject, Unreadable, is_plain};
pub use switch::{NotASwitch, SwitchCertificate, SwitchVerifier};
pub use tls::{Clock, client, client_without_certificate, server, server_for_browsers};
