//! An agency that takes documents: it opens each container, keeps it once, and signs a
//! receipt.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use axum::{
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use container::{Document, MEDIA_TYPE, open, seal};
use registry::{Address, header};
use serde_json::json;
use sha2::{Digest, Sha256};
use signature::{AuthorityError, DevelopmentAuthority, SoftKey, TrustAnchor};

use crate::{Mood, answering::refused, server::Networks};

/// The service that takes documents, of any subsystem.
pub(crate) const SERVICE: &str = "inbox";

/// What came in, and the key that acknowledges it.
pub(crate) struct Inbox {
    authority: String,
    key: SoftKey,
    /// Whose containers are believed; anybody's that is whole while it is not told.
    senders: Mutex<Option<TrustAnchor>>,
    taken: Mutex<BTreeMap<String, Taken>>,
}

struct Taken {
    documents: Vec<Document>,
    receipt: Vec<u8>,
}

impl Inbox {
    /// # Errors
    /// When no key can be made.
    pub(crate) fn open() -> Result<Self, AuthorityError> {
        let now = since_1970();
        // Demonstrations set the clock; certificates of the sandbox hold for any.
        let made = now.saturating_sub(Duration::from_hours(24 * 365));
        let authority = DevelopmentAuthority::create("Sandbox agency CA", made)?;
        let issued = authority.issue("복지정책과", made)?;
        let key = SoftKey::from_pem(&issued.key_pem, &issued.certificate_pem);
        Ok(Self {
            authority: authority.certificate_pem()?,
            key: key.map_err(|_| AuthorityError::Encode)?,
            senders: Mutex::default(),
            taken: Mutex::default(),
        })
    }

    pub(crate) fn authority(&self) -> &str {
        &self.authority
    }

    pub(crate) fn believe(&self, senders: TrustAnchor) {
        *self.senders.lock().unwrap_or_else(PoisonError::into_inner) = Some(senders);
    }

    /// Ids of what was taken, with the documents in it.
    pub(crate) fn taken(&self) -> Vec<(String, Vec<Document>)> {
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let each = |(id, it): (&String, &Taken)| (id.clone(), it.documents.clone());
        taken.iter().map(each).collect()
    }

    /// The receipt for a container; the same one when it comes again.
    fn take(&self, id: &str, container: &[u8]) -> Option<Vec<u8>> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = taken.get(id) {
            return Some(known.receipt.clone());
        }
        let senders = self.senders.lock().unwrap_or_else(PoisonError::into_inner);
        let documents = open(container, senders.as_ref()?).ok()?.documents;
        let digest = Sha256::digest(container);
        let sha256: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        let said = json!({ "delivery": id, "sha256": sha256 }).to_string();
        let said = Document::new("receipt.json", "application/json", said.into_bytes()).ok()?;
        let receipt = seal(&[said], &self.key, since_1970()).ok()?;
        let kept = Taken {
            documents,
            receipt: receipt.clone(),
        };
        taken.insert(id.to_owned(), kept);
        Some(receipt)
    }
}

pub(crate) async fn deliver(
    State(networks): State<Arc<Networks>>,
    Path([instance, class, member, subsystem]): Path<[String; 4]>,
    headers: HeaderMap,
    container: Bytes,
) -> Response {
    let mood = networks.mood(&subsystem);
    if let Some(refusal) = refused(mood).await {
        return refusal;
    }
    let text = |name| headers.get(name).and_then(|it| it.to_str().ok());
    let (Some(id), true) = (text(header::ID), headers.contains_key(header::CLIENT)) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let typed = text(CONTENT_TYPE.as_str()) == Some(MEDIA_TYPE);
    let receipt = networks.inbox.take(id, &container).filter(|_| typed);
    let service = Address([instance, class, member, subsystem, SERVICE.to_owned()]);
    let said = [
        (header::ID, id.to_owned()),
        (header::SERVICE, service.to_string()),
        (header::REQUEST_ID, networks.next_id()),
    ];
    match (receipt, mood) {
        (None, _) => (StatusCode::UNPROCESSABLE_ENTITY, said).into_response(),
        // It was taken, and the answer is lost on the way.
        (Some(_), Mood::WrongId) => StatusCode::BAD_GATEWAY.into_response(),
        (Some(receipt), _) => {
            let mut answer = (said, receipt).into_response();
            let media_type = MEDIA_TYPE.parse().expect("a media type is plain ASCII");
            answer.headers_mut().insert(CONTENT_TYPE, media_type);
            answer
        }
    }
}

fn since_1970() -> Duration {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.unwrap_or_default()
}
