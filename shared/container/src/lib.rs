//! Signed containers: documents under one signature, as they are sent to an agency.
//!
//! ASiC-E with CAdES (ETSI EN 319 162-1, clause 4.4): a ZIP file whose first entry says
//! what it is, the documents, a manifest with their digests, and a signature of the
//! manifest. Nothing may stand in it that the manifest does not name.

mod document;
mod manifest;
mod opening;
mod sealing;
mod unzip;
mod zip;

pub use document::{Document, NotADocument};
pub use opening::{Opened, Refused, open};
pub use sealing::seal;

/// What a container is, in its first entry and on the wire (EN 319 162-1, 4.4.3).
pub const MEDIA_TYPE: &str = "application/vnd.etsi.asic-e+zip";

const MIMETYPE: &str = "mimetype";
const MANIFEST: &str = "META-INF/ASiCManifest001.xml";
const SIGNATURE: &str = "META-INF/signature001.p7s";

/// Documents in one container.
const DOCUMENTS_MAX: usize = 16;
/// Bytes of all entries together, unpacked.
const BYTES_MAX: usize = 32 << 20;
