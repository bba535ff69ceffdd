//! Mistakes a switchboard could make, each planted to prove that it costs a day.

use crate::switchboard::Switchboard;

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
}

impl Mutant {
    pub(in crate::switchboard) const ALL: [Mutant; 8] = [
        Mutant::RingsOn,
        Mutant::LosesTheEnd,
        Mutant::EndsTwice,
        Mutant::SaysBeforeWritten,
        Mutant::LosesTheRequest,
        Mutant::ForgetsPriority,
        Mutant::RecognizesNobody,
        Mutant::BelievesOldLegs,
    ];
}

impl Switchboard {
    pub(in crate::switchboard) fn mutated(&self, mutant: Mutant) -> bool {
        self.mutant == Some(mutant)
    }
}
