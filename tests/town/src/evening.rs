//! Everybody goes home, everything is mended, and the books are compared.

use std::time::Duration;

use ledger::Paper;
use request::PaperState;

use crate::{
    cable::Cable,
    exchange::Networks,
    town::{STATIONS, Town},
};

const LOOK: Duration = Duration::from_secs(120);
/// Longer than every deadline of a visit and every wait between attempts.
const LOOKS: u32 = 60;

impl Town {
    pub(crate) fn evening(&mut self) {
        self.exchange.networks = Networks::Well;
        for at in 0..STATIONS {
            self.stations[at].power.clear();
            self.stations[at].cable = Cable::Well;
            if self.stations[at].journal_broken {
                self.crash(at, None);
            }
            self.stations[at].room = None;
            self.mend(at);
            self.clerk_ends(at);
        }
        if self.stations.len() > STATIONS {
            self.pass(LOOK);
            self.copies_are_caught();
        }
        for _ in 0..LOOKS {
            self.release();
            self.settle_wedged();
            self.pass(LOOK);
            if self.violation.is_some() || self.is_settled() {
                break;
            }
        }
        self.reckon();
    }

    fn is_settled(&self) -> bool {
        let mut stations = self.stations.iter().take(STATIONS).enumerate();
        stations.all(|(at, station)| {
            let written = &station.written;
            let heard = self
                .exchange
                .store
                .publications(&station.id, written.received);
            written.open().next().is_none()
                && written.acknowledged == written.entries
                && self.exchange.store.wedged().unwrap().is_empty()
                && self.signed_for(at) == written.entries
                && heard.unwrap().is_empty()
        })
    }

    fn reckon(&mut self) {
        for at in 0..STATIONS {
            let written = &self.stations[at].written;
            let open = written.open().next().map(|it| it.id.clone());
            let (acknowledged, entries) = (written.acknowledged, written.entries);
            self.require(
                "in the evening every request is closed",
                open.is_none(),
                || format!("{open:?} is open"),
            );
            self.require(
                "in the evening every entry is acknowledged",
                acknowledged == entries,
                || format!("{acknowledged} of {entries} are"),
            );
            self.nothing_was_forgotten(at);
            self.exchange_agrees(at);
            self.heads_agree(at);
            self.citizens_are_whole(at);
        }
        let jobs = self.exchange.store.jobs().unwrap();
        self.require("in the evening no request waits", jobs.is_empty(), || {
            format!("{jobs:?}")
        });
        self.numbers_agree();
    }

    /// Every entry is at the exchange, once and in its order: it has come to the
    /// same opinion of every request.
    fn exchange_agrees(&mut self, at: usize) {
        let requests = self.stations[at].written.requests.clone();
        for (id, here) in requests {
            let there = self.exchange.store.request(&id).unwrap();
            let same = there.as_ref().is_some_and(|there| {
                (there.stage, &there.money, &there.paper, there.copies)
                    == (here.stage, &here.money, &here.paper, here.copies)
            });
            self.require("the exchange knows what the station knows", same, || {
                let there = there.map(|it| (it.stage, it.money, it.paper));
                let here = (here.stage, here.money, here.paper);
                format!("{id}: here {here:?}, there {there:?}")
            });
        }
    }

    /// Citizens are out of pocket by no more than they were charged or are owed.
    fn citizens_are_whole(&mut self, at: usize) {
        let station = &self.stations[at];
        let Some(kiosk) = station.kiosk() else {
            return;
        };
        let (cash, terminal) = (&kiosk.cash, &kiosk.terminal);
        let kept_won =
            i64::from(cash.in_won) - i64::from(cash.out_won) + i64::from(terminal.taken_won());
        let due_won = station
            .written
            .sum(|it| it.money.captured_won + it.money.owed_won);
        let unwritten_won = cash.unwritten_won() + cash.lost_won();
        let explained_won = i64::from(due_won + unwritten_won);
        self.require("nobody loses money", kept_won <= explained_won, || {
            format!("{kept_won} won were kept, {explained_won} are explained")
        });
    }

    /// A number is valid at the exchange when a printer said that its paper came out.
    fn numbers_agree(&mut self) {
        let mut numbers = self.exchange.numbers.clone();
        let leased = self.stations.iter().flat_map(|it| &it.written.taken);
        numbers.extend(leased.cloned());
        for number in numbers {
            let paper = self.exchange.store.paper(number.as_str()).unwrap();
            let kiosks = self.stations.iter().filter_map(|it| it.kiosk());
            let proven = kiosks
                .into_iter()
                .any(|it| it.evidence.contains(number.as_str()));
            let mut stations = self.stations.iter();
            let issued =
                stations.any(|it| it.written.state(number.as_str()) == Some(PaperState::Issued));
            self.require(
                "a valid number has its paper",
                paper != Paper::Valid || proven,
                || number.to_string(),
            );
            self.require(
                "a paper that was issued is valid",
                issued == (paper == Paper::Valid),
                || format!("{number}: issued {issued}, at the exchange {paper:?}"),
            );
        }
    }
}
