//! Mistakes a distributor could make, each planted to prove that it is found.

use super::Distributor;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mutant {
    /// A caller hangs up and the agent's telephone goes on ringing.
    OfferOutlivesCaller,
    /// An answer that crossed with the withdrawal is bridged all the same.
    BridgesLateAnswer,
    /// A failed offer leaves its agent reserved for ever.
    FailedOfferKeepsAgent,
    /// Who hangs up while waiting is counted twice.
    CountsTwice,
    /// Callbacks are served before older callers.
    CallbackOvertakes,
    /// Wrap-up ends before its time.
    CutsWrapUpShort,
    /// Agents without a telephone are taken for free.
    OffersWithoutDevice,
    /// A telephone is gone and its offer is left to ring.
    RingsNowhere,
    /// Two agents who ring at once can both answer.
    ForgetsRivals,
    /// A promised callback is dialed twice at a time.
    DialsTwice,
    /// Who calls again begins at the end of the queue.
    ForgetsPlaces,
    /// Whoever was promised a callback is called back while the queue is closed.
    CallsBackAtNight,
    /// Who helps at a kiosk is taken for free.
    OffersAtKiosk,
}

impl Mutant {
    pub(super) const ALL: [Mutant; 13] = [
        Mutant::OfferOutlivesCaller,
        Mutant::BridgesLateAnswer,
        Mutant::FailedOfferKeepsAgent,
        Mutant::CountsTwice,
        Mutant::CallbackOvertakes,
        Mutant::CutsWrapUpShort,
        Mutant::OffersWithoutDevice,
        Mutant::RingsNowhere,
        Mutant::ForgetsRivals,
        Mutant::DialsTwice,
        Mutant::ForgetsPlaces,
        Mutant::CallsBackAtNight,
        Mutant::OffersAtKiosk,
    ];
}

impl Distributor {
    pub(super) fn mutated(&self, mutant: Mutant) -> bool {
        self.mutant == Some(mutant)
    }
}
