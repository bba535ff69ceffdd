//! Entries that the exchange holds back, and the agent who looks at them.

use ledger::Verdict;
use sync::Reason;

use crate::town::Town;

const AGENT: &str = "agent";

impl Town {
    /// An agent applies what was held back: the papers are there. Nothing is held
    /// back but what its station dates after the end of a lease, and what follows it.
    pub(crate) fn settle_wedged(&mut self) {
        for wedged in self.exchange.store.wedged().unwrap() {
            if let Reason::Follows(_) = wedged.reason {
                continue;
            }
            let mut stations = self.stations.iter();
            let station = stations.find(|it| it.id == wedged.station);
            let entries = station.map(|it| it.journal.entries(wedged.number - 1, 1));
            let entry = entries.and_then(|it| it.unwrap().into_iter().next());
            let leased = entry.as_ref().and_then(|it| self.leased_by(it));
            let late = leased.is_some_and(|(_, until)| until < wedged.recorded_at);
            self.require("what can be true is taken over", late, || {
                format!("{}: {}", wedged.request, wedged.reason)
            });
        }
        self.apply_wedged();
        self.ring();
    }

    /// Whatever was held back is taken over.
    pub(crate) fn apply_wedged(&mut self) {
        let now = self.true_time();
        let store = &self.exchange.store;
        for wedged in store.wedged().unwrap() {
            let (station, incarnation) = (&wedged.station, &wedged.incarnation);
            let (number, verdict) = (wedged.number, Verdict::Apply);
            let settled = store.settle(station, incarnation, number, verdict, AGENT, now);
            settled.unwrap();
        }
    }
}
