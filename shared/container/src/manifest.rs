//! The manifest: which documents the signature is about, by their digests (EN 319 162-1,
//! clause A.4, `ASiCManifest`).

use base64::{Engine, engine::general_purpose::STANDARD};
use roxmltree::{Node, ParsingOptions};
use sha2::{Digest, Sha256};

use crate::{Document, SIGNATURE};

const ASIC: &str = "http://uri.etsi.org/02918/v1.2.1#";
const XML_SIGNATURE: &str = "http://www.w3.org/2000/09/xmldsig#";
const SHA_256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";
/// Elements and attributes: a manifest of the most documents has fewer.
const NODES_MAX: u32 = 1_000;

/// One document as the manifest names it.
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) media_type: String,
    pub(crate) digest: Vec<u8>,
}

/// Names and media types are plain ASCII (`Document::new`), so nothing has to be escaped
/// but the ampersand of a media type.
pub(crate) fn write(documents: &[Document]) -> String {
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <asic:ASiCManifest xmlns:asic=\"{ASIC}\" xmlns:ds=\"{XML_SIGNATURE}\">\n\
         <asic:SigReference URI=\"{SIGNATURE}\" MimeType=\"application/pkcs7-signature\"/>\n"
    );
    for document in documents {
        let digest = STANDARD.encode(Sha256::digest(document.bytes()));
        let media_type = document.media_type().replace('&', "&amp;");
        xml.push_str(&format!(
            "<asic:DataObjectReference URI=\"{}\" MimeType=\"{media_type}\">\
             <ds:DigestMethod Algorithm=\"{SHA_256}\"/>\
             <ds:DigestValue>{digest}</ds:DigestValue></asic:DataObjectReference>\n",
            document.name()
        ));
    }
    xml.push_str("</asic:ASiCManifest>\n");
    xml
}

/// The documents a manifest names; `None` when it is none, or its signature is not
/// `signature`.
pub(crate) fn read(xml: &[u8], signature: &str) -> Option<Vec<Named>> {
    let options = ParsingOptions {
        nodes_limit: NODES_MAX,
        ..ParsingOptions::default()
    };
    let text = std::str::from_utf8(xml).ok()?;
    let tree = roxmltree::Document::parse_with_options(text, options).ok()?;
    let root = tree.root_element();
    if !root.has_tag_name((ASIC, "ASiCManifest")) {
        return None;
    }
    let mut signed_by = root
        .children()
        .filter(|it| it.has_tag_name((ASIC, "SigReference")));
    let (Some(reference), None) = (signed_by.next(), signed_by.next()) else {
        return None;
    };
    if reference.attribute("URI") != Some(signature) {
        return None;
    }
    let objects = root.children();
    objects
        .filter(|it| it.has_tag_name((ASIC, "DataObjectReference")))
        .map(named)
        .collect()
}

fn named(reference: Node<'_, '_>) -> Option<Named> {
    let child = |name| {
        reference
            .children()
            .find(|it| it.has_tag_name((XML_SIGNATURE, name)))
    };
    if child("DigestMethod")?.attribute("Algorithm") != Some(SHA_256) {
        return None;
    }
    let digest = child("DigestValue")?.text()?;
    Some(Named {
        name: reference.attribute("URI")?.to_owned(),
        media_type: reference
            .attribute("MimeType")
            .unwrap_or_default()
            .to_owned(),
        digest: STANDARD.decode(digest.trim()).ok()?,
    })
}
