//! What is told of petitions, as the window names it.

use desk_ui::{
    DecisionOfAgency, FileKindName, PetitionForm, PetitionNotice, PetitionStanding,
    PetitionStepName,
};

use request::Decision;

use crate::petitions::{Act, FileKind, PetitionsFault, PetitionsNotice, RowStanding, StepName};

pub(super) fn standing(standing: &RowStanding) -> PetitionStanding {
    match standing {
        RowStanding::Waiting => PetitionStanding::Waiting,
        RowStanding::Ours => PetitionStanding::Ours,
        RowStanding::With(_) => PetitionStanding::WithAnother,
        RowStanding::Replied => PetitionStanding::Replied,
        RowStanding::NotSent => PetitionStanding::NotSent,
        RowStanding::MaybeSent => PetitionStanding::MaybeSent,
        RowStanding::WrittenHere => PetitionStanding::WrittenHere,
        RowStanding::NotTaken => PetitionStanding::NotTaken,
    }
}

pub(super) fn notice(notice: Option<PetitionsNotice>) -> PetitionNotice {
    match notice {
        None => PetitionNotice::None,
        Some(PetitionsNotice::Fault(why)) => fault(why),
        Some(PetitionsNotice::TakeOver) => PetitionNotice::TakeOver,
        Some(PetitionsNotice::NoWords) => PetitionNotice::NoWords,
        Some(PetitionsNotice::TooLong) => PetitionNotice::TooLong,
        Some(PetitionsNotice::NoOffice) => PetitionNotice::NoOffice,
        Some(PetitionsNotice::NoReason) => PetitionNotice::NoReason,
        Some(PetitionsNotice::NoDecision) => PetitionNotice::NoDecision,
        Some(PetitionsNotice::NoGround) => PetitionNotice::NoGround,
        Some(PetitionsNotice::NothingChosen) => PetitionNotice::NothingChosen,
        Some(PetitionsNotice::NothingToChoose) => PetitionNotice::NothingToChoose,
        Some(PetitionsNotice::NotNow) => PetitionNotice::NotNow,
        Some(PetitionsNotice::NotWritten) => PetitionNotice::NotWritten,
        Some(PetitionsNotice::Done(act)) => match act {
            Act::HandOver => PetitionNotice::HandedOver,
            Act::Extend => PetitionNotice::IsExtended,
            Act::Join => PetitionNotice::IsJoined,
            Act::Separate => PetitionNotice::IsSeparated,
            Act::Files => PetitionNotice::IsSaved,
            // Nothing is told the exchange that it could have done.
            Act::Decide => PetitionNotice::None,
        },
    }
}

pub(super) fn fault(fault: PetitionsFault) -> PetitionNotice {
    match fault {
        PetitionsFault::Unreachable => PetitionNotice::Unreachable,
        PetitionsFault::Forbidden => PetitionNotice::Forbidden,
        PetitionsFault::Unproven => PetitionNotice::Unproven,
        PetitionsFault::Gone => PetitionNotice::Gone,
        PetitionsFault::Taken => PetitionNotice::TakeOver,
        PetitionsFault::Answered => PetitionNotice::Answered,
        PetitionsFault::Malformed => PetitionNotice::Malformed,
        PetitionsFault::SameOffice => PetitionNotice::SameOffice,
        PetitionsFault::Extended => PetitionNotice::Extended,
        PetitionsFault::NoExtension => PetitionNotice::NoExtension,
        PetitionsFault::Joined => PetitionNotice::Joined,
        PetitionsFault::NotJoined => PetitionNotice::NotJoined,
        PetitionsFault::NoLead => PetitionNotice::NoLead,
        PetitionsFault::Altered => PetitionNotice::Altered,
        PetitionsFault::NotSaved => PetitionNotice::NotSaved,
    }
}

pub(super) fn form(act: Act) -> PetitionForm {
    match act {
        Act::HandOver => PetitionForm::HandOver,
        Act::Extend => PetitionForm::Extend,
        Act::Join => PetitionForm::Join,
        Act::Separate => PetitionForm::Separate,
        Act::Files => PetitionForm::Files,
        Act::Decide => PetitionForm::Decide,
    }
}

pub(super) fn file_kind(kind: FileKind) -> FileKindName {
    match kind {
        FileKind::Pdf => FileKindName::Pdf,
        FileKind::Png => FileKindName::Png,
        FileKind::Jpeg => FileKindName::Jpeg,
        FileKind::Hwpx => FileKindName::Hwpx,
        FileKind::Text => FileKindName::Text,
        FileKind::Other => FileKindName::Other,
    }
}

pub(super) fn decision(decision: Option<Decision>) -> DecisionOfAgency {
    match decision {
        None => DecisionOfAgency::None,
        Some(Decision::Disclosed) => DecisionOfAgency::Disclosed,
        Some(Decision::PartlyDisclosed) => DecisionOfAgency::PartlyDisclosed,
        Some(Decision::Withheld) => DecisionOfAgency::Withheld,
        Some(Decision::NotHeld) => DecisionOfAgency::NotHeld,
    }
}

pub(super) fn step(step: StepName) -> PetitionStepName {
    match step {
        StepName::Received => PetitionStepName::Received,
        StepName::Routed => PetitionStepName::Routed,
        StepName::Taken => PetitionStepName::Taken,
        StepName::Transferred => PetitionStepName::Transferred,
        StepName::Extended => PetitionStepName::Extended,
        StepName::Joined => PetitionStepName::Joined,
        StepName::Separated => PetitionStepName::Separated,
        StepName::Attached => PetitionStepName::Attached,
        StepName::Answered => PetitionStepName::Answered,
        StepName::Rated => PetitionStepName::Rated,
        StepName::Appealed => PetitionStepName::Appealed,
    }
}
