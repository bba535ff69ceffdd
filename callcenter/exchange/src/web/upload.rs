//! What a browser sends with a form (RFC 7578), bounded.

use std::time::Duration;

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, header::CONTENT_TYPE},
};
use futures_util::{StreamExt, stream};
use multer::{Constraints, Multipart};

/// A picture or PDF of a paper.
pub(super) const FILE_BYTES_MAX: usize = 10 << 20;
/// Besides the file: boundaries and the short fields.
const AROUND_BYTES_MAX: usize = 64 << 10;
/// A whole form with a number alone, and one with a file.
pub(super) const NUMBER_FORM_MAX: usize = AROUND_BYTES_MAX;
pub(super) const PAPER_FORM_MAX: usize = FILE_BYTES_MAX + AROUND_BYTES_MAX;
/// A text field.
const TEXT_BYTES_MAX: usize = 4 << 10;
/// Of a body that is too large so much is read and thrown away, because a browser
/// that is cut off in the middle shows no answer.
const DRAINED_MAX: usize = 64 << 20;
/// For all of it; ten megabytes over a slow telephone.
const PATIENCE: Duration = Duration::from_secs(120);

/// A form that was filled in.
#[derive(Default)]
pub(super) struct Form {
    pub(super) number: String,
    pub(super) file: Bytes,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoForm {
    TooLarge,
    TooSlow,
    Malformed,
}

impl Form {
    /// Reads the fields `number` and `paper` of a body of at most `most` bytes; others are
    /// not wanted.
    ///
    /// # Errors
    /// When it is too large, comes too slowly, or is no form.
    pub(super) async fn read(headers: &HeaderMap, body: Body, most: usize) -> Result<Self, NoForm> {
        let kind = headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
        let boundary = kind
            .and_then(|it| multer::parse_boundary(it).ok())
            .ok_or(NoForm::Malformed)?;
        let body = tokio::time::timeout(PATIENCE, whole(body, most))
            .await
            .map_err(|_| NoForm::TooSlow)??;
        let fields = Constraints::new().allowed_fields(vec!["number", "paper"]);
        let body = stream::iter([Ok::<_, std::io::Error>(body)]);
        let mut parts = Multipart::with_constraints(body, boundary, fields);
        let mut form = Self::default();
        while let Some(field) = parts.next_field().await.map_err(|_| NoForm::Malformed)? {
            let is_number = field.name() == Some("number");
            let bytes = field.bytes().await.map_err(|_| NoForm::Malformed)?;
            if is_number {
                form.number = text(&bytes)?;
            } else if bytes.len() > FILE_BYTES_MAX {
                return Err(NoForm::TooLarge);
            } else {
                form.file = bytes;
            }
        }
        Ok(form)
    }
}

async fn whole(body: Body, most: usize) -> Result<Bytes, NoForm> {
    let (mut kept, mut read) = (Vec::new(), 0);
    let mut chunks = body.into_data_stream();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| NoForm::Malformed)?;
        read += chunk.len();
        if read <= most {
            kept.extend_from_slice(&chunk);
        } else {
            kept = Vec::new();
        }
        if read > DRAINED_MAX {
            break;
        }
    }
    if read > most {
        return Err(NoForm::TooLarge);
    }
    Ok(kept.into())
}

fn text(bytes: &[u8]) -> Result<String, NoForm> {
    if bytes.len() > TEXT_BYTES_MAX {
        return Err(NoForm::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| NoForm::Malformed)?;
    Ok(text.to_owned())
}
