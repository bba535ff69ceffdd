//! What one program tells another of an examined paper: who it is about only masked.

use privacy::mask_words;
use seal::{Claims, SealError};
use serde::{Deserialize, Serialize};
use signature::Refused;

use crate::{Doubt, Kind, Trust, Verdict, examine};

/// What came of an examination.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "finding", rename_all = "snake_case")]
pub enum Finding {
    /// As an office issued it; whether its number still counts is to be asked.
    Sealed(SealedPaper),
    /// The signature holds and there is no seal to compare with.
    Signed,
    /// Not as any known office issued it.
    Altered,
    /// Sealed or signed by somebody who is not on the list of offices.
    Stranger,
    /// There is a seal, and it cannot be read whole.
    Damaged,
    /// Nothing was found in it that could be judged.
    Nothing,
    /// A PDF that nobody signed; perhaps a picture of a paper is in it.
    Unsigned,
    /// Seals of more than one paper.
    Several,
    /// Neither PDF nor PNG nor JPEG.
    NotAPaper,
    /// More dots than may be unpacked.
    TooManyPixels,
}

/// What a seal says of its paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedPaper {
    pub number: String,
    pub service: String,
    pub version: u32,
    /// Seconds since the Unix epoch.
    pub issued_at: i64,
    pub expires_at: i64,
    /// Whether the file bears the office's own signature, which covers all of it. A
    /// seal cannot see what was changed on the paper around it.
    pub whole_file: bool,
    /// A station issued it without the office.
    pub under_lease: bool,
    /// Name and masked value of each sealed field.
    pub fields: Vec<(String, String)>,
}

impl Finding {
    /// Examines a file of which a picture may unpack to at most `pixels_max` dots.
    pub fn of(file: &[u8], trust: &Trust, pixels_max: u64) -> Self {
        match Kind::of(file) {
            None => return Finding::NotAPaper,
            Some(kind) if kind.pixels() > pixels_max => return Finding::TooManyPixels,
            Some(_) => {}
        }
        match examine(file, trust) {
            Verdict::Genuine {
                signed,
                claims: Some(claims),
                lease,
            } => sealed(&claims, signed.is_some(), lease.is_some()),
            Verdict::Genuine { claims: None, .. } => Finding::Signed,
            // Whether it is void is asked of the office here, not of a list.
            Verdict::Void { claims } => sealed(&claims, false, false),
            Verdict::False(Doubt::Signature(refused)) => of_signature(refused),
            Verdict::False(Doubt::Seal(error)) => of_seal(error),
            Verdict::Several => Finding::Several,
            Verdict::NothingToJudge => Finding::Nothing,
        }
    }
}

fn sealed(claims: &Claims, whole_file: bool, under_lease: bool) -> Finding {
    let fields = claims.fields.iter();
    Finding::Sealed(SealedPaper {
        number: claims.document_number.clone(),
        service: claims.service.clone(),
        version: claims.version,
        issued_at: claims.issued_at,
        expires_at: claims.expires_at,
        whole_file,
        under_lease,
        fields: fields
            .map(|(name, value)| (name.clone(), mask_words(value)))
            .collect(),
    })
}

fn of_signature(refused: Refused) -> Finding {
    match refused {
        Refused::NotPdf => Finding::NotAPaper,
        Refused::Unsigned => Finding::Unsigned,
        Refused::Revised | Refused::Altered => Finding::Altered,
        Refused::Untrusted => Finding::Stranger,
    }
}

fn of_seal(error: SealError) -> Finding {
    match error {
        SealError::NotASeal => Finding::Nothing,
        SealError::Malformed => Finding::Damaged,
        SealError::UnknownKey => Finding::Stranger,
        SealError::Altered | SealError::BeyondLease => Finding::Altered,
    }
}
