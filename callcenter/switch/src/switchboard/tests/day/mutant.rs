//! Mistakes a switchboard could make, each planted to prove that it costs a day.

use std::collections::BTreeMap;

use crate::{call_book::WrittenPlace, switchboard::Switchboard};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::switchboard) enum Mutant {
    /// An offer that is taken back goes on ringing.
    RingsOn,
    /// The end of a talk is not written down.
    LosesTheEnd,
    /// Who is turned away ends twice.
    EndsTwice,
    /// A promise is made before it is written.
    SaysBeforeWritten,
    /// What a callback is about is not written down.
    LosesTheRequest,
    /// Who is urgent waits like everybody.
    ForgetsPriority,
    /// Nobody is recognized who calls again.
    RecognizesNobody,
    /// An old leg of a caller's ends his talk.
    BelievesOldLegs,
    /// Who comes back from an office waits like everybody.
    BlamesNoOffice,
    /// Of a caller's places one is found after a restart.
    FindsOnePlaceAlone,
}

impl Mutant {
    pub(in crate::switchboard) const ALL: [Mutant; 10] = [
        Mutant::RingsOn,
        Mutant::LosesTheEnd,
        Mutant::EndsTwice,
        Mutant::SaysBeforeWritten,
        Mutant::LosesTheRequest,
        Mutant::ForgetsPriority,
        Mutant::RecognizesNobody,
        Mutant::BelievesOldLegs,
        Mutant::BlamesNoOffice,
        Mutant::FindsOnePlaceAlone,
    ];
}

impl Switchboard {
    pub(in crate::switchboard) fn mutated(&self, mutant: Mutant) -> bool {
        self.mutant == Some(mutant)
    }
}

/// The newest of every caller's places; promises are left alone.
pub(super) fn keep_one_place(places: &mut Vec<WrittenPlace>) {
    let mut newest = BTreeMap::new();
    for written in places.iter().filter(|it| it.number.is_none()) {
        newest.insert(written.place.caller, written.place.call);
    }
    places.retain(|it| it.number.is_some() || newest[&it.place.caller] == it.place.call);
}
