//! What somebody holds to a scanner, sends by letter or keeps on a stick. A signature stops what
//! is forged, so "understood" means: taken apart as far as to its signature.

use ::badge::BadgeRefusal;
use ::edition::{Edition, Refused};
use ::seal::Lease;
use ::ticket::Code;
use request::{StationId, Timestamp};
use signature::{TimeStampError, TimeStampRequest};

use crate::trust;

const NOW: Timestamp = Timestamp::from_millis(1_795_482_000_000);

fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

pub(crate) fn badge(bytes: &[u8]) -> bool {
    let Some(text) = text(bytes) else {
        return false;
    };
    let desk = StationId::new("desk-1");
    let any = |_: &[u8]| Err(BadgeRefusal::NotASwitch);
    ::badge::verify(text, &desk, NOW, any) != Err(BadgeRefusal::Malformed)
}

pub(crate) fn container(bytes: &[u8]) -> bool {
    use ::container::Refused;
    trust::anchor().is_some_and(|anchor| {
        !matches!(
            ::container::open(bytes, anchor),
            Err(Refused::NotAContainer | Refused::Unsigned)
        )
    })
}

pub(crate) fn edition(bytes: &[u8]) -> bool {
    trust::edition_signer()
        .is_some_and(|signer| !matches!(Edition::open(bytes, signer), Err(Refused::Malformed)))
}

pub(crate) fn letter(bytes: &[u8]) -> bool {
    mail::read(bytes, "minwon@hanbit.example").is_ok()
}

/// A PDF, a picture of a paper or a scanner's text, as "is this paper genuine?" gets it.
pub(crate) fn paper(bytes: &[u8]) -> bool {
    use verify::Verdict;
    trust::trust()
        .is_some_and(|trust| !matches!(verify::examine(bytes, trust), Verdict::NothingToJudge))
}

pub(crate) fn seal(bytes: &[u8]) -> bool {
    // A lease stands in a seal as bytes of its own.
    let lease = Lease::read(bytes).is_ok();
    text(bytes).is_some_and(|text| ::seal::read(text).is_ok()) || lease
}

pub(crate) fn ticket(bytes: &[u8]) -> bool {
    text(bytes).is_some_and(|text| ::ticket::read(text).is_ok() || Code::parse(text).is_ok())
}

/// To the question `shared/signature/tests/frozen` keeps an answer of.
pub(crate) fn time_stamp(bytes: &[u8]) -> bool {
    let answer = TimeStampRequest::about(b"Minwon", 7).read(bytes);
    !matches!(answer, Err(TimeStampError::Malformed))
}
